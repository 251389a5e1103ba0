using FsCheck;
using FsCheck.Xunit;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Problems;

namespace OptiBid.Gateway.Tests.Api.Paging;

public class CursorTests
{
    [Property]
    public void Read_WhatWasWritten_GivesItBack(NonNull<string> filters, long place) =>
        Assert.Equal(place, Cursor.Read(Cursor.Write('x', filters.Get, writer => writer.Write(place)), 'x', filters.Get, reader => reader.ReadInt64()));

    [Property]
    public void Read_AnyCharacterChanged_IsRefused(long place, int at, char to)
    {
        var cursor = Cursor.Write('x', "zone=PJM", writer => writer.Write(place)).ToCharArray();
        at = (int)((uint)at % cursor.Length);
        if (cursor[at] == to) return;
        cursor[at] = to;

        // The last character may have bits that stand for nothing; a cursor that still says the same is still the same.
        try
        {
            Assert.Equal(place, Cursor.Read(new string(cursor), 'x', "zone=PJM", reader => reader.ReadInt64()));
        }
        catch (ApiProblem problem)
        {
            Assert.Equal(400, problem.Status);
        }
    }

    [Property]
    public void Read_AnyText_IsRefused(string text)
    {
        var problem = Assert.Throws<ApiProblem>(() => Cursor.Read(text ?? "", 'x', "", reader => reader.ReadInt64()));
        Assert.Equal(("urn:optibid:problem:invalid-cursor", "cursor"), (problem.Type, problem.Field));
    }

    [Fact]
    public void Read_OfAnotherCallOrOtherFilters_IsRefused()
    {
        var cursor = Cursor.Write('x', "zone=PJM", writer => writer.Write(1L));
        Assert.Throws<ApiProblem>(() => Cursor.Read(cursor, 'y', "zone=PJM", reader => reader.ReadInt64()));
        Assert.Throws<ApiProblem>(() => Cursor.Read(cursor, 'x', "zone=ERCOT", reader => reader.ReadInt64()));
        Assert.Throws<ApiProblem>(() => Cursor.Read(cursor, 'x', "zone=PJM", reader => reader.ReadInt32()));
    }
}
