BeforeAll {
    Import-Module "$PSScriptRoot/Service.psm1" -Force
    $ErrorActionPreference = 'Continue'
    Disconnect-TestService
    $folder = (Get-PSDrive TestDrive).Root
    function Add-Sample([string] $Name, [byte[]] $Bytes) {
        $path = Join-Path $folder $Name
        [System.IO.File]::WriteAllBytes($path, $Bytes)
        $path
    }

    $png = [byte[]] (0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0)
}

Describe 'Test-MMFile' {
    It 'needs no session' {
        (Test-MMFile (Add-TestFile)).IsValid | Should -BeTrue
    }

    It 'describes a good file' {
        $check = Test-MMFile (Add-Sample 'a.png' $png)
        $check.GetType().FullName | Should -Be 'MediaMagic.FileCheck'
        $check.Path | Should -Be (Join-Path $folder 'a.png')
        $check.Name | Should -Be 'a.png'
        $check.Length | Should -Be $png.Length
        $check.ContentType | Should -Be 'image/png'
        $check.DetectedType | Should -Be 'image/png'
        $check.Category | Should -Be 'image'
        $check.MaxLength | Should -Be 50MB
        $check.UploadMethod | Should -Be Direct
        $check.IsValid | Should -BeTrue
        $check.Problems | Should -BeNullOrEmpty
    }

    It 'says <Code>' -ForEach @(
        @{ Code = 'NotFound'; Make = { Join-Path $folder 'nowhere.png' } }
        @{ Code = 'Empty'; Make = { Add-Sample 'empty.png' @() } }
        @{ Code = 'UnsupportedType'; Make = { Add-Sample 'tool.exe' (0x4D, 0x5A, 0x90, 0, 3, 0, 0, 0) } }
        @{ Code = 'TypeMismatch'; Make = { Add-Sample 'picture.pdf' $png } }
        @{
            Code = 'TooLarge'
            Make = {
                $path = Add-Sample 'large.png' $png
                $stream = [System.IO.File]::OpenWrite($path)
                $stream.SetLength(50MB + 1)
                $stream.Dispose()
                $path
            }
        }
        @{ Code = 'NotReadable'; Make = { (New-Item -ItemType Directory -Path (Join-Path $folder 'folder.png')).FullName } }
    ) {
        $check = Test-MMFile -LiteralPath (& $Make)
        $check.IsValid | Should -BeFalse
        $check.Problems.Code | Should -Contain $Code
        $check.Problems[0].Message | Should -Not -BeNullOrEmpty
        Test-MMFile -LiteralPath $check.Path -Quiet | Should -BeFalse
    }

    It 'goes by -ContentType before the name' {
        $path = Add-Sample 'picture2.pdf' $png
        Test-MMFile $path -Quiet | Should -BeFalse
        Test-MMFile $path -ContentType 'image/png' -Quiet | Should -BeTrue
        (Test-MMFile $path -ContentType 'image/gif').Problems.Code | Should -Be TypeMismatch
    }

    It 'sends a file above 10 MiB by a presigned URL' {
        $path = Add-Sample 'ten.png' $png
        $stream = [System.IO.File]::OpenWrite($path)
        $stream.SetLength(10MB + 1)
        $stream.Dispose()
        (Test-MMFile $path).UploadMethod | Should -Be Presigned
    }

    It 'refuses what is no file: <_>' -ForEach 'Env:PATH', 'Function:prompt' {
        $record = Get-ErrorOf { Test-MMFile $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'MediaMagic.FileInvalid,*'
    }

    It 'names an unknown drive' {
        (Get-ErrorOf { Test-MMFile 'nodrive:/a.txt' }).FullyQualifiedErrorId | Should -BeLike 'MediaMagic.FileNotFound,*'
    }

    It 'is silent about a pattern without matches, and takes the file that is called like it' {
        Test-MMFile "$TestDrive/none[1].txt" -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
        Set-Content -LiteralPath "$TestDrive/odd[1].txt" -Value 'Read by people.'
        $file = Test-MMFile "$TestDrive/odd[1].txt"
        $file.IsValid | Should -BeTrue
        $file.Path | Should -Be (Join-Path $TestDrive 'odd[1].txt')
        Set-Content -LiteralPath "$TestDrive/odd1.txt" -Value 'Read by people, too.'
        (Test-MMFile "$TestDrive/odd[1].txt").Path | Should -Be (Join-Path $TestDrive 'odd1.txt')
        (Test-MMFile -LiteralPath "$TestDrive/odd[1].txt").Path | Should -Be (Join-Path $TestDrive 'odd[1].txt')
    }
}
