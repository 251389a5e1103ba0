using Microsoft.Extensions.Logging;
using OptiBid.Connectors.Time;
using Orleans.Storage;

namespace OptiBid.Connectors.Zones;

/// <summary>
/// How far one feed has been read and published, and the saving of it. Saving goes on beside the polling: a store that is
/// away or slow holds up no price, and what is saved late is only read again after a restart. For one caller at a time.
/// </summary>
/// <param name="feed">The feed's name.</param>
/// <param name="saved">The cursor as saved; null on a fresh deployment.</param>
/// <param name="furthest">Where the cursor can be at the furthest; a saved one past it was carried away by a wrong date.</param>
/// <param name="publisher">Where it is saved.</param>
/// <param name="logger">The log.</param>
internal sealed partial class CursorKeeper(string feed, DateTimeOffset? saved, DateTimeOffset furthest, IPricePublisher publisher, ILogger logger)
{
    private DateTimeOffset? _saved = saved;
    private Task _saving = Task.CompletedTask;
    private InconsistentStateException? _superseded;
    private bool _isAway;

    /// <summary>End of the market time read and published, UTC; null when none has been.</summary>
    public DateTimeOffset? Value { get; private set; } = saved is { } cursor ? Instants.Earlier(cursor, furthest) : null;

    /// <summary>Moves on, never back.</summary>
    public void MoveTo(DateTimeOffset cursor) => Value = Instants.Later(cursor, Value ?? cursor);

    /// <summary>Has the newest value saved, unless it is already or the last save is still on its way and will see to it.</summary>
    /// <exception cref="InconsistentStateException">Another activation has saved meanwhile: this one must end.</exception>
    public void Save()
    {
        if (_saving.IsCompleted && _saved != Value) _saving = SaveAsync();
        if (_superseded is not null) throw _superseded;
    }

    /// <summary>Has the last value saved and waits for it, as far as the store lets it be saved.</summary>
    public Task FlushAsync()
    {
        if (_saving.IsCompleted && _saved != Value && _superseded is null) _saving = SaveAsync();
        return _saving;
    }

    private async Task SaveAsync()
    {
        try
        {
            while (Value is { } cursor && cursor != _saved)
            {
                await publisher.SaveCursorAsync(feed, cursor);
                _saved = cursor;
            }

            if (_isAway) SavedAgain(feed);
            _isAway = false;
        }
        catch (InconsistentStateException error)
        {
            _superseded = error;
        }
        catch (Exception error)
        {
            // Whatever ails the store passes; the next page or poll tries again, and until then more is read again after a restart.
            if (!_isAway) NotSaved(feed, error);
            _isAway = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: the cursor could not be saved; prices go on, and it is saved with a later poll")]
    private partial void NotSaved(string feed, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Feed}: the cursor is saved again")]
    private partial void SavedAgain(string feed);
}
