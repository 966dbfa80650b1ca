using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace MediaMagic.Simulator;

/// <summary>Makes findings that depend on the file's name alone, so that a rerun finds the same.</summary>
internal static class IssueFactory
{
    private const int MaxIssues = 5;

    public static IReadOnlyList<Issue> Create(AssetIdentity asset, IReadOnlyList<string> sidekicks, DateTimeOffset createdAt)
    {
        byte[] hash = Hash(asset.FileName);
        int count = hash[0] % (MaxIssues + 1);
        List<Issue> issues = new(count);
        for (int i = 0; i < count; i++)
        {
            IssueRule rule = IssueRule.All[(hash[1] + i) % IssueRule.All.Length];
            string? sidekick = sidekicks.Count == 0 ? null : sidekicks[i % sidekicks.Count];
            issues.Add(new Issue(new Guid(Hash(asset.Id + "/" + i)).ToString(), i + 1, rule, sidekick, createdAt));
        }

        return issues;
    }

    private static byte[] Hash(string text)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return hash.GetHashAndReset();
    }
}
