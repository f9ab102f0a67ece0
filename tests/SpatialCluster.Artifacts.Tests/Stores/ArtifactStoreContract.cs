using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Tests.Artifacts.Stores;

/// <summary>What every kind of store must do; a kind is tested by a class that opens one.</summary>
public abstract class ArtifactStoreContract : IDisposable
{
    private const string Name = "grains/slice/0a/result.json";

    private static readonly string s_hex = new('a', 64);

    /// <summary>An empty store. Another call opens another.</summary>
    protected abstract IArtifactStore NewStore();

    [SkippableFact]
    public async Task PutIfAbsent_Absent_IsThereWithItsTagSizeAndTime()
    {
        IArtifactStore store = NewStore();
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-1);
        ArtifactTag tag = (await store.PutAsync(Name, "one"))!.Value;
        ArtifactInfo info = (await store.FindAsync(new ArtifactName(Name)))!;
        (info.Name.Value, info.Bytes, info.Tag).ShouldBe((Name, 3, tag));
        info.Written.ShouldBeInRange(before, DateTimeOffset.UtcNow.AddSeconds(1));
        await using OpenArtifact open = (await store.OpenAsync(new ArtifactName(Name)))!;
        (open.Bytes, open.Tag).ShouldBe((3, tag));
        (await store.ReadAsync(Name)).ShouldBe("one");
    }

    [SkippableFact]
    public async Task PutIfAbsent_Present_StaysAsItIs()
    {
        IArtifactStore store = NewStore();
        ArtifactTag? tag = await store.PutAsync(Name, "one");
        (await store.PutAsync(Name, "two")).ShouldBeNull();
        (await store.ReadAsync(Name)).ShouldBe("one");
        (await store.TagAsync(Name)).ShouldBe(tag);
    }

    [SkippableFact]
    public async Task PutIfAbsent_ManyAtATime_OneWinsAndItsContentStays()
    {
        IArtifactStore store = NewStore();
        using var all = new Barrier(4);
        bool[] won = new bool[4];
        Thread[] writers = [.. Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            all.SignalAndWait();
            won[i] = store.PutAsync(Name, $"{i}").GetAwaiter().GetResult() is not null;
        }))];
        foreach (Thread writer in writers)
            writer.Start();
        foreach (Thread writer in writers)
            writer.Join();
        won.Count(w => w).ShouldBe(1);
        (await store.ReadAsync(Name)).ShouldBe($"{Array.IndexOf(won, true)}");
    }

    [SkippableFact]
    public async Task Replace_InTheExpectedState_GivesANewState()
    {
        IArtifactStore store = NewStore();
        ArtifactTag? first = await store.ReplaceAsync(Name, null, "one");
        ArtifactTag? second = await store.ReplaceAsync(Name, first, "two");
        second.ShouldNotBeNull();
        second.ShouldNotBe(first);
        (await store.ReadAsync(Name)).ShouldBe("two");
        (await store.TagAsync(Name)).ShouldBe(second);
    }

    [SkippableFact]
    public async Task Replace_InAnotherState_StaysAsItIs()
    {
        IArtifactStore store = NewStore();
        ArtifactTag? first = await store.PutAsync(Name, "one");
        (await store.ReplaceAsync(Name, null, "no")).ShouldBeNull();
        ArtifactTag? second = await store.ReplaceAsync(Name, first, "two");
        (await store.ReplaceAsync(Name, first, "no")).ShouldBeNull();
        (await store.ReadAsync(Name)).ShouldBe("two");
        (await store.ReplaceAsync("other", second, "no")).ShouldBeNull();
        (await store.TagAsync("other")).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Replace_ChangedWhileItWrites_StaysAsItWasChanged()
    {
        IArtifactStore store = NewStore();
        ArtifactTag? first = await store.PutAsync(Name, "one");
        ArtifactTag? late = await store.ReplaceAsync(new ArtifactName(Name), first, async (stream, stop) =>
        {
            await stream.WriteAsync("late"u8.ToArray(), stop);
            (await store.ReplaceAsync(Name, first, "two")).ShouldNotBeNull();
        });
        late.ShouldBeNull();
        (await store.ReadAsync(Name)).ShouldBe("two");
    }

    // Same size, as fast as it goes: what tells states apart may be neither the size nor a coarse clock.
    [SkippableFact]
    public async Task Replace_ManyTimes_NeverGivesAStateTwice()
    {
        IArtifactStore store = NewStore();
        var tags = new HashSet<ArtifactTag>();
        ArtifactTag? tag = null;
        for (int i = 0; i < 100; i++)
        {
            tag = await store.ReplaceAsync(Name, tag, $"{i:d4}");
            tags.Add(tag!.Value).ShouldBeTrue($"state {i}");
            if (i % 10 == 9)
            {
                (await store.DeleteAsync(new ArtifactName(Name), tag)).ShouldBeTrue();
                tag = null;
            }
        }
    }

    [SkippableFact]
    public async Task Write_Fails_LeavesNothingAndThrowsTheSame()
    {
        IArtifactStore store = NewStore();
        var failure = new IOException("what it was to be copied from is gone");
        Func<Stream, CancellationToken, Task> write = async (stream, stop) =>
        {
            await stream.WriteAsync("half"u8.ToArray(), stop);
            throw failure;
        };
        (await Should.ThrowAsync<IOException>(() => store.PutIfAbsentAsync(new ArtifactName(Name), write))).ShouldBeSameAs(failure);
        (await store.NamesAsync()).ShouldBeEmpty();
        ArtifactTag? tag = await store.PutAsync(Name, "one");
        (await Should.ThrowAsync<IOException>(() => store.ReplaceAsync(new ArtifactName(Name), tag, write))).ShouldBeSameAs(failure);
        (await store.ReadAsync(Name)).ShouldBe("one");
    }

    [SkippableFact]
    public async Task Write_Cancelled_LeavesNothing()
    {
        IArtifactStore store = NewStore();
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => store.PutIfAbsentAsync(
            new ArtifactName(Name),
            async (stream, _) =>
            {
                await stream.WriteAsync("half"u8.ToArray(), CancellationToken.None);
                await stop.CancelAsync();
            },
            stop.Token));
        (await store.NamesAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Write_ClosesItsStream_IsWhole()
    {
        IArtifactStore store = NewStore();
        await store.PutIfAbsentAsync(new ArtifactName(Name), async (stream, _) =>
        {
            await using var writer = new StreamWriter(stream);
            await writer.WriteAsync("closed");
        });
        (await store.ReadAsync(Name)).ShouldBe("closed");
    }

    [SkippableFact]
    public async Task Open_Absent_IsNull()
    {
        IArtifactStore store = NewStore();
        await store.PutAsync(Name, "one");
        foreach (string name in new[] { "grains", "grains/slice", "grains/slice/0b", "blobs/" + s_hex, $"{Name}/inner" })
        {
            (await store.OpenAsync(new ArtifactName(name))).ShouldBeNull(name);
            (await store.FindAsync(new ArtifactName(name))).ShouldBeNull(name);
            (await store.DeleteAsync(new ArtifactName(name))).ShouldBeFalse(name);
        }
    }

    [SkippableTheory]
    [InlineData(0, 3, "012")]
    [InlineData(4, 2, "45")]
    [InlineData(8, 5, "89")]
    [InlineData(10, 1, "")]
    [InlineData(99, 1, "")]
    [InlineData(3, 0, "")]
    public async Task Open_Range_GivesItsBytesAndTheWholeSize(long offset, long length, string expected)
    {
        IArtifactStore store = NewStore();
        await store.PutAsync(Name, "0123456789");
        (await store.ReadAsync(Name, new ByteRange(offset, length))).ShouldBe(expected);
        await using OpenArtifact open = (await store.OpenAsync(new ArtifactName(Name), new ByteRange(offset, length)))!;
        open.Bytes.ShouldBe(10);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => store.OpenAsync(new ArtifactName(Name), new ByteRange(-1 - offset, length)));
    }

    [SkippableFact]
    public async Task Open_DeletedOrReplacedWhileRead_GivesTheOldContentWhole()
    {
        IArtifactStore store = NewStore();
        string old = new('o', 300_000);
        foreach (bool delete in new[] { true, false })
        {
            ArtifactTag? tag = await store.PutAsync(Name, old);
            await using OpenArtifact open = (await store.OpenAsync(new ArtifactName(Name)))!;
            byte[] first = new byte[10];
            await open.Content.ReadExactlyAsync(first);
            if (delete)
                (await store.DeleteAsync(new ArtifactName(Name))).ShouldBeTrue();
            else
                (await store.ReplaceAsync(Name, tag, "new")).ShouldNotBeNull();
            using var rest = new StreamReader(open.Content);
            (await rest.ReadToEndAsync()).ShouldBe(old[10..]);
        }
    }

    [SkippableFact]
    public async Task Delete_WithAState_DeletesThatStateOnly()
    {
        IArtifactStore store = NewStore();
        ArtifactTag? first = await store.PutAsync(Name, "one");
        ArtifactTag? second = await store.ReplaceAsync(Name, first, "two");
        (await store.DeleteAsync(new ArtifactName(Name), first)).ShouldBeFalse();
        (await store.ReadAsync(Name)).ShouldBe("two");
        (await store.DeleteAsync(new ArtifactName(Name), second)).ShouldBeTrue();
        (await store.ReadAsync(Name)).ShouldBeNull();
        (await store.DeleteAsync(new ArtifactName(Name))).ShouldBeFalse();
        (await store.PutAsync(Name, "three")).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task List_AndEveryOtherCall_AgreeOnTheTag()
    {
        IArtifactStore store = NewStore();
        ArtifactTag tag = (await store.PutAsync(Name, "one"))!.Value;
        var listed = new List<ArtifactInfo>();
        await foreach (ArtifactInfo info in store.ListAsync(""))
            listed.Add(info);
        listed.ShouldHaveSingleItem().Tag.ShouldBe(tag);
        (await store.DeleteAsync(new ArtifactName(Name), listed[0].Tag)).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task List_Prefix_GivesItsNamesInOrdinalOrder()
    {
        IArtifactStore store = NewStore();
        string[] names =
        [
            "a-b", "a.b", "a/b", "a/b-c", "a0", "b/c/d", "b/c-d", "grains/slice/0/spec.json", "grains/slice/00", $"blobs/{s_hex}",
            $"blobs/{new string('b', 64)}", $"blobs/ab{s_hex[2..]}", "campaigns/x/plan.json", "store.json.old",
        ];
        foreach (string name in names)
            await store.PutAsync(name, name);
        foreach (string prefix in new[] { "", "a", "a/", "a/b", "b/c", "b/c/", "blobs", "blobs/", "blobs/a", "blobs/aa", "blobs/aaa", "blobs/b", "grains/slice/0", "none", "none/", "../", "/", "a//b", "b/c/d/" })
            (await store.NamesAsync(prefix)).ShouldBe(names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal), ignoreOrder: false, customMessage: prefix);
    }

    [SkippableTheory]
    [InlineData("store.json")]
    [InlineData("blobs/aa")]
    [InlineData("blobs/aa/bb")]
    public async Task AnyCall_NameThatIsNotAllowed_IsRefused(string name)
    {
        IArtifactStore store = NewStore();
        await Should.ThrowAsync<BadInputException>(() => store.PutAsync(name, "x"));
        await Should.ThrowAsync<BadInputException>(() => store.ReplaceAsync(name, null, "x"));
        await Should.ThrowAsync<BadInputException>(() => store.ReadAsync(name));
        await Should.ThrowAsync<BadInputException>(() => store.TagAsync(name));
        await Should.ThrowAsync<BadInputException>(() => store.DeleteAsync(new ArtifactName(name)));
    }

    /// <summary>Any sequence of calls gives what a dictionary gives.</summary>
    [SkippableFact]
    public void AnyCalls_ComparedWithADictionary_AreTheSame()
    {
        Gen<(int Call, int Name, int Content)> call = from c in Gen.Choose(0, 3) from n in Gen.Choose(0, 3) from x in Gen.Choose(0, 2) select (c, n, x);
        Prop.ForAll(Gen.ListOf(call).ToArbitrary(), calls => Play([.. calls])).QuickCheckThrowOnFailure();
    }

    public virtual void Dispose()
    {
    }

    private void Play((int Call, int Name, int Content)[] calls)
    {
        IArtifactStore store = NewStore();
        var model = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var stale = new Dictionary<string, ArtifactTag>();
        foreach ((int call, int index, int content) in calls)
        {
            string name = new[] { "a", "b/c", "b/d/e", $"blobs/{s_hex}" }[index], text = $"{content}";
            ArtifactTag? tag = store.TagAsync(name).Result;
            (tag is not null).ShouldBe(model.ContainsKey(name));
            switch (call)
            {
                case 0:
                    (store.PutAsync(name, text).Result is not null).ShouldBe(model.TryAdd(name, text));
                    break;
                case 1:
                    store.ReplaceAsync(name, tag, text).Result.ShouldNotBeNull();
                    model[name] = text;
                    break;
                case 2:
                    if (stale.TryGetValue(name, out ArtifactTag old) && old != tag)
                        store.ReplaceAsync(name, old, text).Result.ShouldBeNull();
                    break;
                default:
                    store.DeleteAsync(new ArtifactName(name), tag).Result.ShouldBe(model.Remove(name));
                    break;
            }

            if (tag is not null)
                stale[name] = tag.Value;
        }

        store.NamesAsync().Result.ShouldBe(model.Keys);
        foreach ((string name, string text) in model)
            store.ReadAsync(name).Result.ShouldBe(text);
    }
}
