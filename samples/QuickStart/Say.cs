using System;

namespace QuickStart;

/// <summary>Prints for people: coloured only where a terminal wants it.</summary>
internal static class Say
{
    private static readonly bool s_colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private static int s_lastShown = -1;

    public static void Step(string title)
    {
        Console.WriteLine();
        Console.WriteLine(s_colour ? $"\u001b[1;36m{title}\u001b[0m" : title);
    }

    public static void Line(string text) => Console.WriteLine("  " + text);

    public static void Item(bool good, string text)
    {
        string mark = good ? "ok" : "no";
        Console.WriteLine("  " + (s_colour ? $"\u001b[{(good ? "32" : "31")}m{mark}\u001b[0m" : mark) + " " + text);
    }

    public static void Progress(int percent, string? status)
    {
        if (Console.IsOutputRedirected)
        {
            if (percent != s_lastShown)
            {
                Line($"{percent,3} %  {status}");
            }

            s_lastShown = percent;
            return;
        }

        int done = percent * 30 / 100;
        Console.Write($"\r  [{new string('#', done)}{new string('.', 30 - done)}] {percent,3} %  {status,-12}");
    }

    public static void EndProgress()
    {
        s_lastShown = -1;
        if (!Console.IsOutputRedirected)
        {
            Console.WriteLine();
        }
    }
}
