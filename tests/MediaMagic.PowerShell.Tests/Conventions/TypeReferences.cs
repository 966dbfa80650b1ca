using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace MediaMagic.Tests.Conventions;

/// <summary>Reads which types a compiled type names: in its declaration, in its members and in their code.</summary>
internal static class TypeReferences
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Gets the types that the type names, without arrays and generic arguments around them.</summary>
    public static HashSet<Type> Of(Type type) => [.. Named(type).OfType<Type>().SelectMany(Parts)];

    /// <summary>Gets the type that is not nested, around this one.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is Type outer ? Outermost(outer) : type;

    private static List<Type?> Named(Type type)
    {
        List<Type?> named = [type.BaseType, .. type.GetInterfaces(), .. AttributesOf(type)];
        foreach (FieldInfo field in type.GetFields(Own))
        {
            named.AddRange([field.FieldType, .. AttributesOf(field)]);
        }

        foreach (PropertyInfo property in type.GetProperties(Own))
        {
            named.AddRange(AttributesOf(property));
        }

        foreach (MethodBase method in MethodCode.MethodsOf(type))
        {
            named.AddRange([(method as MethodInfo)?.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType), .. AttributesOf(method)]);
            named.AddRange(method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []);
            named.AddRange(method.GetMethodBody()?.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(clause => clause.CatchType) ?? []);
            named.AddRange(MethodCode.MembersIn(method).SelectMany(found => InCode(found.Member)));
        }

        return named;
    }

    private static IEnumerable<Type?> InCode(MemberInfo member) => member switch
    {
        Type type => [type],
        MethodInfo method => [method.DeclaringType, .. method.GetGenericArguments()],
        _ => [member.DeclaringType],
    };

    private static IEnumerable<Type?> AttributesOf(MemberInfo member) => member.CustomAttributes.SelectMany(attribute =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.TypedValue)).Select(argument => argument.Value as Type)
            .Append(attribute.AttributeType));

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericParameter ? [] : [type, .. type.GetGenericArguments().SelectMany(Parts)];
}
