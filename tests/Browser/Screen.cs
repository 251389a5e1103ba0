using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OptiBid.Browser.Tests;

/// <summary>The web screen in a browser, in the words of someone who looks at it.</summary>
public sealed partial class Screen : IAsyncDisposable
{
    /// <summary>The markets publish every five minutes; on a loaded machine a first run takes its time too.</summary>
    private const float Patience = 360_000;

    private readonly ConcurrentQueue<string> _errors = new();
    private readonly IBrowserContext _context;

    private Screen(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.SetDefaultTimeout(30_000);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _errors.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _errors.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>What the browser's console shows as errors.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public ILocator Connection => Page.Locator(".connection");

    public ILocator Banner => Page.Locator(".banner");

    public ILocator Table => Page.GetByRole(AriaRole.Grid);

    public ILocator Rows => Page.Locator(".table-body .row:not([hidden])");

    public ILocator Detail => Page.Locator(".detail");

    public static async Task<Screen> OpenAsync(IBrowser browser, Uri address, int width)
    {
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        var screen = new Screen(context, await context.NewPageAsync());
        await screen.Page.GotoAsync(address.ToString());
        return screen;
    }

    public Task WaitForLiveAsync() => Assertions.Expect(Connection).ToHaveTextAsync("Live", new() { Timeout = 60_000 });

    /// <summary>Waits until each of the zones has rows.</summary>
    public async Task WaitForZonesAsync(params string[] zones)
    {
        foreach (var zone in zones)
        {
            await Assertions.Expect(Page.Locator($".zone[data-zone={zone}] .zone-count"))
                .ToHaveTextAsync(SomePrices(), new() { Timeout = Patience });
        }
    }

    /// <summary>Waits until a row in view shows another price than it did.</summary>
    public async Task WaitForAMoveAsync()
    {
        var before = await PricesAsync();
        await Page.WaitForFunctionAsync(
            """
            before => [...document.querySelectorAll(".table-body .row:not([hidden])")].some(row => {
              const was = before[row.dataset.key];
              return was !== undefined && was !== row.querySelector(".price").textContent;
            })
            """,
            before,
            new() { Timeout = Patience });
    }

    /// <summary>The prices in view, by row.</summary>
    public Task<Dictionary<string, string>> PricesAsync() => Page.EvaluateAsync<Dictionary<string, string>>(
        """
        () => Object.fromEntries([...document.querySelectorAll(".table-body .row:not([hidden])")]
          .map(row => [row.dataset.key, row.querySelector(".price").textContent]))
        """);

    /// <summary>The intervals in view, by row: start in UTC.</summary>
    public async Task<Dictionary<string, DateTime>> IntervalsAsync()
    {
        var titles = await Page.EvaluateAsync<Dictionary<string, string>>(
            """
            () => Object.fromEntries([...document.querySelectorAll(".table-body .row:not([hidden])")]
              .map(row => [row.dataset.key, row.querySelector(".col-interval").title]))
            """);
        return titles.ToDictionary(
            title => title.Key,
            title => DateTime.ParseExact(UtcStart().Match(title.Value).Value, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    /// <summary>How many of a canvas's pixels carry something, from none (0) to all (1).</summary>
    public static Task<double> InkAsync(ILocator canvas) => canvas.EvaluateAsync<double>(
        """
        canvas => {
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let inked = 0;
          for (let i = 3; i < data.length; i += 4) if (data[i] > 0) inked++;
          return inked / (data.length / 4);
        }
        """);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    [GeneratedRegex(@"^[1-9][\d,]* prices$")]
    private static partial Regex SomePrices();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d")]
    private static partial Regex UtcStart();
}
