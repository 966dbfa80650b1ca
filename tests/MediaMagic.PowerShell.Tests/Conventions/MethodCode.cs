using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace MediaMagic.Tests.Conventions;

/// <summary>Reads which members the compiled code of a method names.</summary>
internal static class MethodCode
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private const byte FirstOfTwo = 0xFE;
    private static readonly Dictionary<short, OpCode> s_operations = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(operation => operation.Value);

    /// <summary>Gets the methods and constructors that the type itself declares.</summary>
    public static IEnumerable<MethodBase> MethodsOf(Type type) => [.. type.GetMethods(Own), .. type.GetConstructors(Own)];

    /// <summary>Gets the members that the code of the method names, each with the operation before it.</summary>
    public static IEnumerable<(MemberInfo Member, OpCode Before)> MembersIn(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[]? typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        OpCode before = OpCodes.Nop;
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = s_operations[code[at] == FirstOfTwo ? (short)((FirstOfTwo << 8) | code[at + 1]) : code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return (method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!, before);
            }

            at += OperandSize(operation.OperandType, code, at);
            before = operation;
        }
    }

    private static int OperandSize(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
