using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using MediaMagic.Commands;
using MediaMagic.Simulator;
using Xunit;

namespace MediaMagic.Tests.Conventions;

/// <summary>Nothing in the product blocks a thread except the pump, and no test waits for real time.</summary>
public sealed class BlockingTests
{
    private static readonly Dictionary<Type, string[]> s_blocking = new()
    {
        [typeof(Task)] = ["Wait", "WaitAll", "WaitAny"],
        [typeof(Task<>)] = ["get_Result"],
        [typeof(ValueTask<>)] = ["get_Result"],
        [typeof(Monitor)] = ["Wait"],
        [typeof(WaitHandle)] = ["WaitOne", "WaitAll", "WaitAny", "SignalAndWait"],
        [typeof(SemaphoreSlim)] = ["Wait"],
        [typeof(ManualResetEventSlim)] = ["Wait"],
        [typeof(CountdownEvent)] = ["Wait"],
        [typeof(Barrier)] = ["SignalAndWait"],
        [typeof(SpinWait)] = ["SpinUntil"],
        [typeof(Thread)] = ["Sleep", "Join"],
        [typeof(Process)] = ["WaitForExit", "WaitForInputIdle"],
    };

    [Fact]
    public void Product_blocks_no_thread_except_in_the_pump()
    {
        string[] found = [.. new[] { typeof(AsyncCmdlet).Assembly, typeof(SimulatorServer).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => TypeReferences.Outermost(type) != typeof(PumpContext))
            .SelectMany(BlockingCallsOf)];
        Assert.Empty(found);
    }

    [Fact]
    public void Loader_blocks_no_thread() => Assert.DoesNotContain(
        Repository.Sources("src/MediaMagic.PowerShell.Loader"),
        file => Regex.IsMatch(File.ReadAllText(file), @"\.Wait\(|\.Result\b|GetResult\(|Monitor\.Wait|WaitOne|Thread\."));

    [Fact]
    public void Tests_outside_Latency_do_not_wait_for_real_time()
    {
        string[] found = [.. Repository.Sources("tests").Where(file => WaitsForRealTime(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("tests/Latency/", StringComparison.Ordinal) && Path.GetFileName(file) != nameof(BlockingTests) + ".cs")];
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("await Task.Delay(5);", true)]
    [InlineData("System.Threading.Thread.Sleep(1);", true)]
    [InlineData("Stopwatch clock = Stopwatch.StartNew();", true)]
    [InlineData("await clock.Delay(s_latency, stop);", false)]
    public void A_wait_for_real_time_is_found(string code, bool found) => Assert.Equal(found, WaitsForRealTime(code));

    [Fact]
    public void Blocking_calls_are_found() => Assert.Equal(
        ["Monitor.Wait", "SemaphoreSlim.Wait", "Task.Wait", "TaskAwaiter.GetResult", "Task`1.get_Result"],
        BlockingCallsOf(typeof(BlockingSample)).Select(call => call.Split(' ')[^1]).Order(StringComparer.Ordinal));

    [Fact]
    public void Calls_that_do_not_block_are_left_alone() => Assert.Empty(
        new[] { typeof(AsyncSample) }.Concat(typeof(AsyncSample).GetNestedTypes(BindingFlags.NonPublic)).SelectMany(BlockingCallsOf));

    private static bool WaitsForRealTime(string code) => Regex.IsMatch(code, @"\bTask\.Delay\(|\bThread\.Sleep\(|\bStopwatch\b");

    private static IEnumerable<string> BlockingCallsOf(Type type) =>
        from method in MethodCode.MethodsOf(type)
        where method.Name != "<Main>"
        from named in MethodCode.MembersIn(method)
        where named.Member is MethodBase call && Blocks(method, call, named.Before)
        select $"{type.FullName}.{method.Name} {named.Member.DeclaringType!.Name}.{named.Member.Name}";

    // A wait of no time only looks. What an awaiter has in an async method's state machine is there already.
    private static bool Blocks(MethodBase caller, MethodBase call, OpCode before) =>
        (IsAwaiter(call.DeclaringType!) && call.Name == "GetResult" && !IsStateMachine(caller))
        || (s_blocking.Any(entry => IsOrExtends(call.DeclaringType!, entry.Key) && entry.Value.Contains(call.Name)) && before != OpCodes.Ldc_I4_0);

    private static bool IsAwaiter(Type type) => typeof(ICriticalNotifyCompletion).IsAssignableFrom(type);

    private static bool IsStateMachine(MethodBase method) =>
        method.Name == nameof(IAsyncStateMachine.MoveNext) && typeof(IAsyncStateMachine).IsAssignableFrom(method.DeclaringType);

    private static bool IsOrExtends(Type type, Type known) => known.IsGenericTypeDefinition
        ? type.IsGenericType && type.GetGenericTypeDefinition() == known
        : known.IsAssignableFrom(type);

    private static class BlockingSample
    {
        public static int Block(Task<int> task, SemaphoreSlim semaphore)
        {
            task.Wait(5);
            ((Task)task).GetAwaiter().GetResult();
            semaphore.Wait(5);
            Monitor.Wait(semaphore);
            return task.Result;
        }
    }

    private static class AsyncSample
    {
        public static async Task<int> WaitAsync(Task<int> task, SemaphoreSlim semaphore)
        {
            await semaphore.WaitAsync();
            return semaphore.Wait(0) ? await task.ConfigureAwait(false) : await task;
        }
    }
}
