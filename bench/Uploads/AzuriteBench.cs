namespace MediaMagic.Bench.Uploads;
internal static class AzuriteBench { public static void Run(long length, int rounds) { } }
