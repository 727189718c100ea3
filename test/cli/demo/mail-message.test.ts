import { describe, expect, it } from 'vitest';
import { type Mail, writeMail } from '../../../src/cli/demo/mail-message.js';

const mail: Mail = {
  from: { name: 'Jürgen Müller', address: 'j@mueller.example' },
  to: [
    { name: 'Tom Okafor', address: 'tom@nordhavn.example' },
    { name: 'Doe, John', address: 'doe@port.example' },
  ],
  date: new Date(Date.UTC(2025, 0, 6, 8, 5, 9)),
  zone: '+0100',
  messageId: '<1@nordhavn.example>',
  subject: 'Minutes',
  text: ['Hello,', 'two\nlines.'],
  encoding: 'us-ascii',
};

describe('writeMail', () => {
  it('writes headers, an empty line and a body, with CRLF at every end', () => {
    expect(writeMail(mail).toString('latin1')).toBe(
      [
        'Message-ID: <1@nordhavn.example>',
        'Date: Mon, 6 Jan 2025 08:05:09 +0100',
        'From: =?utf-8?B?SsO8cmdlbiBNw7xsbGVy?= <j@mueller.example>',
        'To: Tom Okafor <tom@nordhavn.example>,',
        ' "Doe, John" <doe@port.example>',
        'Subject: Minutes',
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=us-ascii',
        'Content-Transfer-Encoding: 7bit',
        '',
        'Hello,',
        '',
        'two',
        'lines.',
        '',
      ].join('\r\n'),
    );
  });

  it('breaks a long subject into encoded words of whole characters', () => {
    const subject = '会議の議事録'.repeat(12);
    const text = writeMail({ ...mail, subject }).toString('latin1');
    const header = /^Subject: (.*(?:\r\n .*)*)$/m.exec(text)?.[1] ?? '';
    const words = header.split('\r\n ');
    expect(words.length).toBeGreaterThan(3);
    for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
    const decoded = words.map((word) => Buffer.from(word.slice('=?utf-8?B?'.length, -2), 'base64').toString());
    expect(decoded.join('')).toBe(subject);
  });

  it.each([
    ['utf-8', 'utf-8', '8bit', 'Größe'],
    ['iso-8859-1', 'iso-8859-1', '8bit', 'Gr\xf6\xdfe'],
    ['quoted-printable', 'utf-8', 'quoted-printable', 'Gr=C3=B6=C3=9Fe'],
    ['base64', 'utf-8', 'base64', 'R3LDtsOfZQ0K'],
  ] as const)('writes a body as %s', (encoding, charset, transfer, body) => {
    const bytes = writeMail({ ...mail, encoding, text: ['Größe'] });
    const text = bytes.toString('latin1');
    expect(text).toContain(`charset=${charset}\r\nContent-Transfer-Encoding: ${transfer}\r\n\r\n`);
    expect(bytes.includes(Buffer.from(body, encoding === 'utf-8' ? 'utf8' : 'latin1'))).toBe(true);
  });

  it('keeps quoted-printable lines within 76 characters, and trailing blanks visible', () => {
    const text = writeMail({ ...mail, encoding: 'quoted-printable', text: [`${'ä'.repeat(60)} `] }).toString('latin1');
    const lines = text.slice(text.indexOf('\r\n\r\n') + 4).split('\r\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(76);
    expect(lines.join('\r\n').replaceAll('=\r\n', '')).toBe(`${'=C3=A4'.repeat(60)}=20\r\n`);
  });

  it('nests an HTML version and attachments', () => {
    const bytes = Buffer.from('attached');
    const attachments = [{ fileName: 'Größe.zip', mediaType: 'application/zip', bytes }];
    const text = writeMail({ ...mail, html: true, attachments, text: ['a < b'] }).toString('latin1');
    expect(text).toContain('multipart/mixed; boundary="mix-1"\r\n\r\n--mix-1\r\n');
    expect(text).toContain('multipart/alternative; boundary="alt-1"\r\n\r\n--alt-1\r\n');
    expect(text).toContain('<p>a &lt; b</p>\r\n');
    expect(text).toContain("filename*=utf-8''Gr%C3%B6%C3%9Fe.zip\r\n");
    expect(text).toContain(`\r\n\r\n${bytes.toString('base64')}\r\n`);
    expect(text.endsWith('\r\n--mix-1--\r\n')).toBe(true);
  });
});
