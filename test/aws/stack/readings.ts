/**
 * Where neither documentation nor a recording says what API Gateway does, a test may run under each reading. The
 * defaults are what was recorded or, failing that, what is worse for the emitted gateway.
 */
export interface Readings {
  /** How literal segments of paths are compared with what was sent. Undocumented. */
  readonly literals: 'as sent' | 'decoded';
  /** How `method.request.path.x` enters the URI of an integration. Documented as decoded; recorded as sent for Lambda. */
  readonly pathValues: 'as sent' | 'decoded';
  /** How a query reaches a back end. */
  readonly query: 'as sent' | 'encoded again';
  /** Whether `method.request.header.X` finds `x`. Recorded: it does not. */
  readonly headerNames: 'exact' | 'any case';
  /** What a mapping without a value does to a header that the client sent. Recorded: nothing. */
  readonly emptyMapping: 'client header passes' | 'header removed';
  /** The gateway response when an authorizer's function fails otherwise than with `Unauthorized`. */
  readonly authorizerError: 'AUTHORIZER_CONFIGURATION_ERROR' | 'AUTHORIZER_FAILURE';
}

export const worstReadings: Readings = {
  literals: 'as sent',
  pathValues: 'decoded',
  query: 'encoded again',
  headerNames: 'exact',
  emptyMapping: 'client header passes',
  authorizerError: 'AUTHORIZER_CONFIGURATION_ERROR',
};

/** The other reading of everything. */
export const kindReadings: Readings = {
  literals: 'decoded',
  pathValues: 'as sent',
  query: 'as sent',
  headerNames: 'any case',
  emptyMapping: 'header removed',
  authorizerError: 'AUTHORIZER_FAILURE',
};
