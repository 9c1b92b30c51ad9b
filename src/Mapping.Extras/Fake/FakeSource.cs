using Bogus;

namespace Mapping.Extras.Fake;

/// <summary>The data of the package, in the languages that the kinds of values ask for.</summary>
internal sealed class FakeSource
{
    private readonly Lazy<Faker> chinese;

    public FakeSource(Randomizer random)
    {
        English = new Faker("en") { Random = random };
        chinese = new Lazy<Faker>(() => new Faker("zh_CN") { Random = random });
    }

    public Faker English { get; }

    public Faker Chinese => chinese.Value;

    public Randomizer Random => English.Random;
}
