import { createTransport } from 'nodemailer';
import type { Mail } from '../store.ts';

/** Hands mails to a server. */
export interface Post {
  /** Resolves once the server has taken the mail. Rejects with a `PostError`. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** Thrown when the server did not take a mail. */
export class PostError extends Error {
  /** The server will never take this mail: the recipient or the message itself was refused for good. */
  readonly isFinal: boolean;

  constructor(message: string, isFinal: boolean) {
    super(message);
    this.name = 'PostError';
    this.isFinal = isFinal;
  }
}

/** Where mails are handed over, and how long a server may keep us waiting (milliseconds). */
export interface PostOptions {
  /** `smtp://user:password@host:587` (STARTTLS, unless the host is this machine) or `smtps://…` (TLS from the start). */
  readonly url: string;
  readonly from: string;
  readonly patienceMs?: number;
  /** For tests: a server whose certificate nobody has signed. */
  readonly tls?: { readonly rejectUnauthorized: boolean };
}

/** Opens the way to an SMTP server. Nothing is connected yet; every mail has a connection of its own. */
export function openPost({ url, from, patienceMs = 60_000, tls }: PostOptions): Post {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isSecure = protocol === 'smtps:';
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isSecure ? 465 : 587) : Number(port),
    secure: isSecure,
    requireTLS: !isSecure && !isHere,
    ignoreTLS: !isSecure && isHere,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(tls === undefined ? {} : { tls }),
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail({
          from: { name: 'Sallyport', address: from },
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: mail.messageId,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (fault) {
        throw new PostError(...reasonOf(fault));
      }
    },
    close: () => transport.close(),
  };
}

/**
 * Only a refusal of the recipient or the message is final: a server that is away or does not know us may change its
 * mind, and a sender that it refuses is our own setting.
 */
function reasonOf(fault: unknown): [message: string, isFinal: boolean] {
  const {
    message = String(fault),
    command,
    responseCode = 0,
  } = fault as {
    readonly message?: string;
    readonly command?: string;
    readonly responseCode?: number;
  };
  const isAboutMail = command === 'RCPT TO' || command === 'DATA';
  return [message.slice(0, 500), isAboutMail && responseCode >= 500];
}
