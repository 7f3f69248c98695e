export { privilegedActivities } from './activities.ts';
export { privilegedDue } from './due.ts';
export { eligibilityLimit, ensureRolePolicies, isOnboarded, onboardGroup } from './policy/operations.ts';
export { privilegedSubscribers } from './subscribers.ts';
