import {
  anything,
  bool,
  duration,
  enumOf,
  guid,
  instant,
  nullable,
  readOnly,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';

const schedule = nullable(
  shape({
    startDateTime: nullable(instant()),
    expiration: nullable(
      shape({
        type: nullable(enumOf(['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'])),
        endDateTime: nullable(instant()),
        duration: nullable(duration()),
      }),
    ),
    recurrence: anything(),
  }),
);

/** Every action of Graph's; those that are not taken here are refused by name. */
export const requestActions = [
  'adminAssign',
  'adminUpdate',
  'adminRemove',
  'selfActivate',
  'selfDeactivate',
  'adminExtend',
  'adminRenew',
  'selfExtend',
  'selfRenew',
] as const;

const shared = {
  action: required(enumOf(requestActions)),
  principalId: required(guid()),
  justification: nullable(text({ maxLength: 4096 })),
  scheduleInfo: schedule,
  ticketInfo: nullable(
    shape({
      ticketNumber: nullable(text({ maxLength: 512 })),
      ticketSystem: nullable(text({ maxLength: 512 })),
    }),
  ),
  isValidationOnly: nullable(bool()),
} as const;

const given = {
  readOnly: readOnly(
    'id',
    'status',
    'approvalId',
    'completedDateTime',
    'createdBy',
    'createdDateTime',
    'customData',
    'targetScheduleId',
  ),
};

/** A request about a directory role. */
export const roleRequestBody = shape(
  {
    ...shared,
    roleDefinitionId: required(guid()),
    directoryScopeId: nullable(text({ maxLength: 256 })),
    appScopeId: nullable(text({ maxLength: 256 })),
  },
  given,
);

/** A request about a place in a group. */
export const groupRequestBody = shape(
  { ...shared, groupId: required(guid()), accessId: required(enumOf(['owner', 'member'])) },
  given,
);

/** An administrator's answer to what a person asked for; `scheduleInfo`: another schedule than they named. */
export const approvalBody = shape({ justification: nullable(text({ maxLength: 4096 })), scheduleInfo: schedule });

export type ApprovalBody = Static<typeof approvalBody>;

/** An administrator's refusal of what a person asked for. */
export const denialBody = shape({ justification: required(text({ minLength: 1, maxLength: 4096 })) });

export type DenialBody = Static<typeof denialBody>;

export type RoleRequest = Static<typeof roleRequestBody>;
export type GroupRequest = Static<typeof groupRequestBody>;
