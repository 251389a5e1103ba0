namespace OptiBid.Grains.Interfaces.Json;

/// <summary>A record that does not keep the price contract: says which field, what stood there and what was expected.</summary>
public sealed class PriceFormatException : FormatException
{
    /// <summary>Creates the error with a message of its own.</summary>
    /// <param name="field">The offending field, or <c>record</c> for the whole.</param>
    /// <param name="message">What was wrong, with which value.</param>
    /// <param name="inner">The parser's error, where there is one.</param>
    public PriceFormatException(string field, string message, Exception? inner = null)
        : base($"{field}: {message}", inner) => Field = field;

    /// <summary>The offending field, by its wire name.</summary>
    public string Field { get; }
}
