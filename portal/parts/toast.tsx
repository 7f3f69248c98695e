import { Toast, ToastBody, ToastTitle, useToastController } from '@fluentui/react-components';
import { ApiError } from '../api/errors.ts';
import { useWords } from '../words/use-words.ts';
import { explain } from './explain.ts';

export const toasterId = 'sallyport';

/** Says in passing how something went; screen readers hear it too. */
export function useToast() {
  const { dispatchToast } = useToastController(toasterId);
  const { t } = useWords();
  return {
    done(text: string): void {
      dispatchToast(
        <Toast>
          <ToastTitle>{text}</ToastTitle>
        </Toast>,
        { intent: 'success' },
      );
    },
    /** Something happened that the person did not do just now: it stays long enough to be read. */
    told(text: string): void {
      dispatchToast(
        <Toast>
          <ToastTitle>{text}</ToastTitle>
        </Toast>,
        { intent: 'info', timeout: 30_000, politeness: 'polite' },
      );
    },
    failed(fault: unknown): void {
      const requestId = fault instanceof ApiError ? fault.requestId : null;
      dispatchToast(
        <Toast>
          <ToastTitle>{t('parts.error.title')}</ToastTitle>
          <ToastBody subtitle={requestId === null ? '' : `${t('parts.error.requestId')}: ${requestId}`}>
            {explain(fault, t).text}
          </ToastBody>
        </Toast>,
        { intent: 'error', timeout: 15_000 },
      );
    },
  };
}
