namespace MediaMagic.Tests.HostileWorld;

/// <summary>What happens to an attempt to create a submission.</summary>
internal enum Fate
{
    /// <summary>The service answers as it should.</summary>
    Works,

    /// <summary>The connection is refused before anything is sent.</summary>
    NotSent,

    /// <summary>The request is sent, but does not reach the service.</summary>
    NeverArrives,

    /// <summary>The service does the work, and its answer is lost.</summary>
    AnswerLost,

    /// <summary>The service does the work and answers 500.</summary>
    Works500,

    /// <summary>The service does the work and a gateway answers 502.</summary>
    Works502,

    /// <summary>The service fails with 500.</summary>
    Fails500,

    /// <summary>A gateway answers 502, and the request does not reach the service.</summary>
    Fails502,

    /// <summary>The rate limit is reached.</summary>
    Refused429,

    /// <summary>The request is rejected with 400.</summary>
    Refused400,

    /// <summary>The key is rejected.</summary>
    Refused401,

    /// <summary>The blob path is rejected.</summary>
    Refused403,

    /// <summary>The previous submission is not found.</summary>
    Refused404,

    /// <summary>A gateway answers 409 with a page of its own.</summary>
    Refused409,

    /// <summary>The blob is too large.</summary>
    Refused413,

    /// <summary>The content type is rejected.</summary>
    Refused415,

    /// <summary>A field is rejected.</summary>
    Refused422,
}
