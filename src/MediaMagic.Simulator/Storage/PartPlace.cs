using System.IO;

namespace MediaMagic.Simulator;

/// <summary>Where on disk a part is: a file of its own, or a stretch of the file that many share.</summary>
internal sealed class PartPlace
{
    private readonly string _file;
    private readonly long _offset;
    private readonly bool _isShared;

    public PartPlace(string file, long offset, bool isShared)
    {
        _file = file;
        _offset = offset;
        _isShared = isShared;
    }

    public FileStream OpenRead() => Open(FileMode.Open, FileAccess.Read);

    public FileStream OpenWrite() => Open(FileMode.OpenOrCreate, FileAccess.Write);

    /// <summary>Gives the room back; a stretch of the shared file stays until the store goes.</summary>
    public void Release()
    {
        if (!_isShared)
        {
            File.Delete(_file);
        }
    }

    private FileStream Open(FileMode mode, FileAccess access)
    {
        FileStream stream = new(_file, mode, access, FileShare.ReadWrite | FileShare.Delete, 1);
        stream.Position = _offset;
        return stream;
    }
}
