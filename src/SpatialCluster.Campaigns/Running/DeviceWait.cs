namespace SpatialCluster.Campaigns.Running;

/// <summary>How a device's thread waits: it has nothing else to do, and blocks. A simulation, in which time is no one's, waits in its own way.</summary>
internal static class DeviceWait
{
    /// <summary>Called on the threads that set it in place of blocking; returns when the task has ended.</summary>
    [ThreadStatic]
    private static Action<Task>? s_instead;

    /// <summary>Has this thread wait in another way.</summary>
    public static void Use(Action<Task> instead) => s_instead = instead;

    /// <summary>Waits.</summary>
    public static T For<T>(Task<T> task)
    {
        if (!task.IsCompleted)
            s_instead?.Invoke(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Waits.</summary>
    public static void For(Task task)
    {
        if (!task.IsCompleted)
            s_instead?.Invoke(task);
        task.GetAwaiter().GetResult();
    }
}
