namespace Mapping.Pipeline.Config;

/// <summary>Which keys stand for secrets.</summary>
internal interface ISecretNames
{
    /// <summary>Wherever they are.</summary>
    bool Hold(string key);

    /// <summary>In some places, and for something open in others.</summary>
    bool MayHold(string key);
}
