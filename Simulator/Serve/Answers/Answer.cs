using System.IO.Compression;
using System.Text;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>An answer before faults have had their way with it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="WriteAsync">Writes the body, bit by bit.</param>
internal sealed record Answer(int Status, string ContentType, Func<Stream, CancellationToken, Task> WriteAsync)
{
    /// <summary>Media type of a zip.</summary>
    public const string ZipType = "application/x-zip-compressed";

    private const int Piece = 64 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>When what it holds last changed, for hosts that answer conditional requests.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Text that comes in pieces.</summary>
    public static Answer Text(string contentType, IEnumerable<string> pieces, int status = 200) =>
        new(status, contentType, (body, cancellationToken) => WriteTextAsync(body, pieces, cancellationToken));

    /// <summary>A short text.</summary>
    public static Answer Text(string contentType, string text, int status = 200) => Bytes(contentType, Utf8.GetBytes(text), status);

    /// <summary>Bytes.</summary>
    public static Answer Bytes(string contentType, byte[] bytes, int status = 200) =>
        new(status, contentType, (body, cancellationToken) => body.WriteAsync(bytes, cancellationToken).AsTask());

    /// <summary>A zip of text files.</summary>
    public static Answer Zip(string name, DateTime changed, params (string Name, IEnumerable<string> Pieces)[] members) => new(
        200,
        ZipType,
        async (body, cancellationToken) =>
        {
            using var zip = new MemoryStream();
            using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (member, pieces) in members)
                {
                    var entry = archive.CreateEntry(member, CompressionLevel.Fastest);
                    entry.LastWriteTime = new DateTimeOffset(DateTime.SpecifyKind(changed, DateTimeKind.Unspecified), TimeSpan.Zero);
                    await using var content = entry.Open();
                    await WriteTextAsync(content, pieces, cancellationToken);
                }
            }

            zip.Position = 0;
            await zip.CopyToAsync(body, cancellationToken);
        })
    {
        Headers = [("Content-Disposition", $"attachment; filename={name}")],
    };

    private static async Task WriteTextAsync(Stream body, IEnumerable<string> pieces, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            text.Append(piece);
            if (text.Length < Piece) continue;
            await body.WriteAsync(Utf8.GetBytes(text.ToString()), cancellationToken);
            text.Clear();
        }

        if (text.Length > 0) await body.WriteAsync(Utf8.GetBytes(text.ToString()), cancellationToken);
    }
}
