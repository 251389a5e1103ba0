using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OptiBid.Browser.Tests;

/// <summary>A first run as its user sees it: the real gateway, simulated markets, a real browser.</summary>
public sealed partial class ScreenTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task Table_FirstRun_ShowsThreeZonesWhosePricesMove()
    {
        await using var screen = await gateway.OpenAsync();
        await screen.WaitForLiveAsync();
        await screen.WaitForZonesAsync("PJM", "CAISO", "ERCOT");
        await Expect(screen.Rows.First).ToBeVisibleAsync();
        await screen.WaitForAMoveAsync();
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public async Task Row_Chosen_DrawsItsLastDayAndSaysWhatItIs()
    {
        await using var screen = await gateway.OpenAsync();
        await screen.WaitForZonesAsync("PJM");
        await screen.Page.Locator(".zone[data-zone=PJM]").ClickAsync();
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "RT 5 min" }).ClickAsync();
        var row = screen.Rows.First;
        var name = await row.Locator(".name").TextContentAsync();
        await row.ClickAsync();

        await Expect(screen.Detail.Locator(".detail-name")).ToHaveTextAsync(name!);
        await Expect(screen.Detail.Locator(".chart-note")).ToBeHiddenAsync(new() { Timeout = 30_000 });
        var charts = screen.Detail.Locator(".plot canvas");
        await Expect(charts).ToHaveCountAsync(2);
        Assert.True(await Screen.InkAsync(charts.First) > 0.02, "The chart is empty.");
        await Expect(screen.Detail.Locator(".legend").First).ToContainTextAsync("Day-ahead");
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public async Task Filters_NarrowTheTable_AndOutliveAReload()
    {
        await using var screen = await gateway.OpenAsync();
        await screen.WaitForZonesAsync("CAISO", "ERCOT");
        await screen.Page.Locator(".zone[data-zone=ERCOT]").ClickAsync();
        await Expect(screen.Page.Locator(".table-body .row:not([hidden]) .col-zone:not(:text-is('ERCOT'))")).ToHaveCountAsync(0);

        await screen.Page.Keyboard.PressAsync("/");
        await screen.Page.Keyboard.TypeAsync("no such place");
        await Expect(screen.Page.GetByText("Nothing matches")).ToBeVisibleAsync();

        await screen.Page.ReloadAsync();
        await Expect(screen.Page.GetByText("Nothing matches")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Show everything" }).ClickAsync();
        await Expect(screen.Rows.First).ToBeVisibleAsync();
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public async Task Keyboard_Alone_ChoosesARowAndClosesTheChart()
    {
        await using var screen = await gateway.OpenAsync(width: 420);
        await screen.WaitForZonesAsync("PJM");
        await screen.Table.FocusAsync();
        await screen.Page.Keyboard.PressAsync("ArrowDown");
        await screen.Page.Keyboard.PressAsync("ArrowDown");
        await screen.Page.Keyboard.PressAsync("Enter");
        await Expect(screen.Detail).ToBeVisibleAsync();
        await screen.Page.Keyboard.PressAsync("Escape");
        await Expect(screen.Detail).ToBeHiddenAsync();
        await Expect(screen.Table).ToBeFocusedAsync();
        Assert.Empty(screen.Errors);
    }

    [Fact]
    public async Task Gateway_KilledAndStarted_ScreenComesBackAndNoPriceGoesBack()
    {
        await using var screen = await gateway.OpenAsync();
        await screen.WaitForZonesAsync("PJM", "CAISO", "ERCOT");
        var before = await screen.IntervalsAsync();
        Assert.NotEmpty(before);

        await gateway.RestartAsync(async () =>
        {
            await Expect(screen.Banner).ToContainTextAsync("The gateway does not answer.", new() { Timeout = 30_000 });
            await Expect(screen.Connection).ToHaveTextAsync(LostText());
            Assert.NotEmpty(await screen.PricesAsync());
        });

        await screen.WaitForLiveAsync();
        await Expect(screen.Banner).ToBeHiddenAsync();
        var after = await screen.IntervalsAsync();
        // On a first run locations still join, and move others out of view.
        var still = before.Where(row => after.ContainsKey(row.Key)).ToList();
        Assert.NotEmpty(still);
        Assert.All(still, row => Assert.True(after[row.Key] >= row.Value, $"{row.Key} went from {row.Value:u} back to {after[row.Key]:u}."));
        await screen.WaitForAMoveAsync();
    }

    [GeneratedRegex("Reconnecting|Offline")]
    private static partial Regex LostText();
}
