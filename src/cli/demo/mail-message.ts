/**
 * Writes Internet messages: RFC 5322 headers and bodies, MIME (RFC 2045 to 2047). Every line ends in CRLF, none is
 * longer than 998 bytes, headers are ASCII.
 */

export interface Person {
  readonly name: string;
  readonly address: string;
}

/** How text is put into bytes: which alphabet, and how that travels. */
export type TextEncoding = 'us-ascii' | 'utf-8' | 'iso-8859-1' | 'quoted-printable' | 'base64';

export interface Attachment {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface Mail {
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc?: readonly Person[];
  /** Local time, as the sender's clock had it. */
  readonly date: Date;
  readonly zone: string;
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly subject: string;
  /** Paragraphs; a paragraph may have several lines, parted by '\n'. */
  readonly text: readonly string[];
  readonly encoding: TextEncoding;
  /** Shall there be an HTML version of the text as well? */
  readonly html?: boolean;
  readonly attachments?: readonly Attachment[];
}

export function writeMail(mail: Mail): Buffer {
  const headers = [
    `Message-ID: ${mail.messageId}`,
    `Date: ${dateHeader(mail.date, mail.zone)}`,
    addressHeader('From', [mail.from]),
    addressHeader('To', mail.to),
    ...(mail.cc?.length ? [addressHeader('Cc', mail.cc)] : []),
    `Subject: ${unstructured(mail.subject, 'Subject: '.length)}`,
    ...(mail.inReplyTo ? [`In-Reply-To: ${mail.inReplyTo}`, `References: ${mail.inReplyTo}`] : []),
    'MIME-Version: 1.0',
  ];
  let body = textPart(mail);
  if (mail.html) body = multipart('alternative', `alt-${boundaryOf(mail)}`, [body, htmlPart(mail)]);
  if (mail.attachments?.length) {
    body = multipart('mixed', `mix-${boundaryOf(mail)}`, [body, ...mail.attachments.map(attachmentPart)]);
  }
  return Buffer.concat([Buffer.from(`${headers.join('\r\n')}\r\n`), body]);
}

/** Everything between `<` and `@` is unique in a mailbox, and has no character that a boundary may not have. */
function boundaryOf(mail: Mail): string {
  return mail.messageId.slice(1, mail.messageId.indexOf('@'));
}

/** A part: its own headers, an empty line, its content. */
function part(headers: readonly string[], content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${headers.join('\r\n')}\r\n\r\n`), content]);
}

function multipart(kind: string, boundary: string, parts: readonly Buffer[]): Buffer {
  const pieces = parts.flatMap((one) => [Buffer.from(`--${boundary}\r\n`), one, Buffer.from('\r\n')]);
  return part(
    [`Content-Type: multipart/${kind}; boundary="${boundary}"`],
    Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  );
}

function textPart(mail: Mail): Buffer {
  return encodedPart('text/plain', `${mail.text.join('\n\n')}\n`.replaceAll('\n', '\r\n'), mail.encoding);
}

function htmlPart(mail: Mail): Buffer {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>\r\n');
  const paragraphs = mail.text.map((text) => `<p>${escaped(text)}</p>\r\n`).join('');
  return encodedPart('text/html', `<html><body>\r\n${paragraphs}</body></html>\r\n`, mail.encoding);
}

function encodedPart(mediaType: string, text: string, encoding: TextEncoding): Buffer {
  const charset = encoding === 'us-ascii' || encoding === 'iso-8859-1' ? encoding : 'utf-8';
  const bytes = Buffer.from(text, charset === 'iso-8859-1' ? 'latin1' : 'utf8');
  const [transfer, content] =
    encoding === 'quoted-printable'
      ? ['quoted-printable', quotedPrintable(bytes)]
      : encoding === 'base64'
        ? ['base64', base64Lines(bytes)]
        : [encoding === 'us-ascii' ? '7bit' : '8bit', bytes];
  return part([`Content-Type: ${mediaType}; charset=${charset}`, `Content-Transfer-Encoding: ${transfer}`], content);
}

function attachmentPart(attachment: Attachment): Buffer {
  // RFC 2231: what is not ASCII in a parameter.
  const name = /^[ -~]*$/.test(attachment.fileName)
    ? `filename="${attachment.fileName}"`
    : `filename*=utf-8''${encodeURIComponent(attachment.fileName)}`;
  return part(
    [
      `Content-Type: ${attachment.mediaType}`,
      `Content-Disposition: attachment;\r\n ${name}`,
      'Content-Transfer-Encoding: base64',
    ],
    base64Lines(attachment.bytes),
  );
}

function base64Lines(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const unbroken = Buffer.from(text, 'latin1');
  const lines = Buffer.allocUnsafe(unbroken.length + 2 * Math.ceil(unbroken.length / 76));
  for (let from = 0, to = 0; from < unbroken.length; from += 76, to += 78) {
    const end = to + unbroken.copy(lines, to, from, from + 76);
    lines[end] = 0x0d;
    lines[end + 1] = 0x0a;
  }
  return lines;
}

function quotedPrintable(bytes: Buffer): Buffer {
  const lines: string[] = [];
  for (const line of bytes.toString('latin1').split('\r\n')) {
    let out = '';
    for (const [at, char] of Array.from(line).entries()) {
      const plain = /[!-<>-~]/.test(char) || (char === ' ' && at < line.length - 1);
      const piece = plain ? char : `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
      if (out.length + piece.length > 75) {
        lines.push(`${out}=`);
        out = '';
      }
      out += piece;
    }
    lines.push(out);
  }
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dateHeader(date: Date, zone: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${zone}`;
}

function addressHeader(name: string, people: readonly Person[]): string {
  return `${name}: ${people.map((person) => `${phrase(person.name)} <${person.address}>`).join(',\r\n ')}`;
}

function phrase(name: string): string {
  return /^[A-Za-z ]*$/.test(name)
    ? name
    : /^[ -~]*$/.test(name)
      ? `"${name}"`
      : encodedWords(name, 'Subject: '.length);
}

function unstructured(text: string, used: number): string {
  return /^[ -~]*$/.test(text) ? text : encodedWords(text, used);
}

/** RFC 2047: encoded words of at most 75 characters, one a line of at most 76, whole characters in each. */
function encodedWords(text: string, used: number): string {
  const words: string[] = [];
  let room = 75 - used;
  let chars = '';
  const flush = (): void => {
    words.push(`=?utf-8?B?${Buffer.from(chars).toString('base64')}?=`);
    chars = '';
    room = 74;
  };
  for (const char of text) {
    const length = '=?utf-8?B??='.length + 4 * Math.ceil(Buffer.byteLength(chars + char) / 3);
    if (length > room && chars !== '') flush();
    chars += char;
  }
  flush();
  return words.join('\r\n ');
}
