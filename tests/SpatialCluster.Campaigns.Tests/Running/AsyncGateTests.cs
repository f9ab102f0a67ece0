using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Tests.Running;

public sealed class AsyncGateTests
{
    [Fact]
    public void Enter_WhileAnotherIsIn_WaitsForItsTurnAndGoesOnWhereThatLeaves()
    {
        var gate = new AsyncGate();
        gate.EnterAsync().IsCompleted.ShouldBeTrue();
        Task second = gate.EnterAsync(), third = gate.EnterAsync();
        second.IsCompleted.ShouldBeFalse();
        gate.Leave();
        (second.IsCompleted, third.IsCompleted).ShouldBe((true, false));
        gate.Leave();
        third.IsCompleted.ShouldBeTrue();
        gate.Leave();
        gate.EnterAsync().IsCompleted.ShouldBeTrue();
    }
}
