using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;

namespace Mapping.Pipeline.Running;

/// <summary>Shared components: one instance for each label, made when it is first asked for.</summary>
internal sealed class Resources(PipelineGraph graph) : IResources, IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<ResourceName, object> instances = [];
    private readonly List<object> made = [];
    private readonly Stack<ResourceName> beingMade = new();

    /// <summary>Set before the first component is made.</summary>
    public RunServices Services { get; set; } = null!;

    public IInput Input(string label) => Get<IInput, IInput>(ComponentKind.Input, label, static (plan, services) => Inputs.Create(plan, services));

    public IProcessorChain Processor(string label) =>
        Get<IProcessor, ProcessorChain>(ComponentKind.Processor, label, static (plan, services) => ProcessorChain.Create([plan], services));

    public IOutput Output(string label) => Get<IOutput, OutputSlot>(ComponentKind.Output, label, static (plan, services) => OutputSlot.Create(plan, services));

    public ICache Cache(string label) => Get<ICache, ICache>(ComponentKind.Cache, label, static (plan, services) =>
    {
        var context = new ComponentContext(services, plan);
        return new WatchedCache(Construction.Make(plan, context), context);
    });

    public IRateLimit RateLimit(string label) => Get<IRateLimit, IRateLimit>(ComponentKind.RateLimit, label, static (plan, services) =>
    {
        var context = new ComponentContext(services, plan);
        return new WatchedRateLimit(Construction.Make(plan, context), context);
    });

    /// <summary>In the reverse order of their making: what uses others goes first.</summary>
    public async ValueTask DisposeAsync()
    {
        for (int i = made.Count - 1; i >= 0; i--)
        {
            await ((IAsyncDisposable)made[i]).DisposeAsync().ConfigureAwait(false);
        }
    }

    private TInstance Get<TComponent, TInstance>(ComponentKind kind, string label, Func<ComponentPlan<TComponent>, RunServices, TInstance> make)
        where TComponent : class
        where TInstance : class, IAsyncDisposable
    {
        var name = new ResourceName(kind, label);
        lock (gate)
        {
            if (instances.TryGetValue(name, out object? known))
            {
                return (TInstance)known;
            }

            if (beingMade.Contains(name))
            {
                throw new StartException($"the {kind.Word()} resource \"{label}\" contains itself");
            }

            beingMade.Push(name);
            int before = Services.Unowned.Count;
            TInstance instance = make((ComponentPlan<TComponent>)graph.Resources[name], Services);
            beingMade.Pop();
            instances.Add(name, instance);
            made.Add(instance);
            Services.Unowned.Release(before);
            return instance;
        }
    }
}
