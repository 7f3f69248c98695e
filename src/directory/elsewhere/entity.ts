import { sql } from 'kysely';
import type { Property } from '../../graph/declaration.ts';
import { bool, collectionOf, complex, guid, instant, text } from '../../graph/properties.ts';

/**
 * What Graph says of users and groups from services that Sallyport has not (licences, mailboxes, sign-ins, directories
 * on premises): nothing, but in its shape, so that a query may name what is in it and finds nobody.
 */
const later = { onlyOnSelect: true } as const;

type Fields = Readonly<Record<string, Property>>;

/** A list of such things, which is empty; shown only where `$select` asks for it, unless `always`. */
function none(fields: Fields, always = false): Property {
  return collectionOf(complex('', fields), () => sql`'[]'::jsonb`, always ? {} : later);
}

/** One such thing, which is null. */
function nothing(fields: Fields): Property {
  return complex(() => sql`null::jsonb`, fields, later);
}

const guids = collectionOf(guid(''), (row) => row('disabledPlans'));

export const assignedLicenses = none({ skuId: guid('skuId'), disabledPlans: guids });

export const assignedPlans = none({
  assignedDateTime: instant('assignedDateTime'),
  capabilityStatus: text('capabilityStatus'),
  service: text('service'),
  servicePlanId: guid('servicePlanId'),
});

export const provisionedPlans = none({
  capabilityStatus: text('capabilityStatus'),
  provisioningStatus: text('provisioningStatus'),
  service: text('service'),
});

export const licenseAssignmentStates = none({
  assignedByGroup: text('assignedByGroup'),
  disabledPlans: guids,
  error: text('error'),
  lastUpdatedDateTime: instant('lastUpdatedDateTime'),
  skuId: guid('skuId'),
  state: text('state'),
});

export const licenseProcessingState = nothing({ state: text('state') });

export const assignedLabels = none({ displayName: text('displayName'), labelId: text('labelId') });

/** Both kinds of errors of provisioning; a group shows them always. */
export const provisioningErrors = (always: boolean) => ({
  onPremisesProvisioningErrors: none(
    {
      category: text('category'),
      occurredDateTime: instant('occurredDateTime'),
      propertyCausingError: text('propertyCausingError'),
      value: text('value'),
    },
    always,
  ),
  serviceProvisioningErrors: none(
    {
      createdDateTime: instant('createdDateTime'),
      isResolved: bool('isResolved'),
      serviceInstance: text('serviceInstance'),
    },
    always,
  ),
});

export const authorizationInfo = nothing({
  certificateUserIds: collectionOf(text(''), (row) => row('certificateUserIds')),
});

export const signInActivity = nothing({
  lastSignInDateTime: instant('lastSignInDateTime'),
  lastSignInRequestId: text('lastSignInRequestId'),
  lastNonInteractiveSignInDateTime: instant('lastNonInteractiveSignInDateTime'),
  lastNonInteractiveSignInRequestId: text('lastNonInteractiveSignInRequestId'),
  lastSuccessfulSignInDateTime: instant('lastSuccessfulSignInDateTime'),
  lastSuccessfulSignInRequestId: text('lastSuccessfulSignInRequestId'),
});
