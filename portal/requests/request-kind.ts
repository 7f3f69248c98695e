import { useWords } from '../words/use-words.ts';

const kinds = [
  'userAdd',
  'userUpdate',
  'userRemove',
  'adminAdd',
  'adminUpdate',
  'adminRemove',
  'systemAdd',
  'systemUpdate',
  'systemRemove',
  'onBehalfAdd',
  'approverRemove',
] as const;

/** What a request is: a wish to have, to extend, to give up, and whose. */
export function useRequestKind() {
  const { t } = useWords();
  return (requestType: string): string => {
    const known = kinds.find((one) => one.toLowerCase() === requestType.toLowerCase());
    return known === undefined ? requestType : t(`access.kind.${known}`);
  };
}
