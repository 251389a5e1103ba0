using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OptiBid.History;

namespace OptiBid.Connectors.Credentials;

/// <summary>
/// The keys that the history's database holds, each a protected value. They are read before Data Protection asks and written
/// after it has made one, for it knows no waiting.
/// </summary>
internal sealed class KeysInDatabase : IXmlRepository
{
    /// <summary>What the names of all keys begin with.</summary>
    public const string Prefix = "key-ring/";

    private readonly List<XElement> _keys;
    private readonly List<(string Name, XElement Key)> _added = [];

    private KeysInDatabase(List<XElement> keys) => _keys = keys;

    /// <exception cref="KeyRingException">A key is not XML.</exception>
    public static async Task<KeysInDatabase> LoadAsync(IProtectedValues values, CancellationToken cancellationToken) =>
        new([.. (await values.ListAsync(Prefix, cancellationToken)).Select(Read)]);

    public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys.Select(key => new XElement(key))];

    public void StoreElement(XElement element, string friendlyName)
    {
        var key = new XElement(element);
        _keys.Add(key);
        _added.Add((Prefix + friendlyName, key));
    }

    /// <summary>Writes the keys added.</summary>
    public async Task SaveAsync(IProtectedValues values, CancellationToken cancellationToken)
    {
        foreach (var (name, key) in _added)
            _ = await values.WriteAsync(name, Encoding.UTF8.GetBytes(key.ToString(SaveOptions.DisableFormatting)), expectedVersion: 0, cancellationToken);
        _added.Clear();
    }

    private static XElement Read(ProtectedValue value)
    {
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(value.Payload));
        }
        catch (XmlException error)
        {
            throw new KeyRingException($"The stored key '{value.Name}' is not XML; delete it from protected_values.", error);
        }
    }
}
