/**
 * The mail that the demo synchronizes: made up, the same on every machine and in every run, and of the kinds that
 * real stores hold and programs stumble over.
 */
import { english, type LetterTemplate, western, worldwide } from './letter-templates.js';
import { type Attachment, type Person, type TextEncoding, writeMail } from './mail-message.js';
import { SeededRandom } from './seeded-random.js';

/** Where a message lies before the first sync. */
export type Side = 'server' | 'local' | 'both';

export interface DemoMessage {
  readonly side: Side;
  /** The names of the folders, from the tree's root. */
  readonly folder: readonly string[];
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface DemoMailbox {
  readonly name: string;
  /** Folders that hold no message. */
  readonly emptyFolders: readonly { readonly side: Side; readonly folder: readonly string[] }[];
  /** Makes one message after another, so that no more than one of them has to be in memory. */
  messages(): Generator<DemoMessage, void, undefined>;
}

/** The size of the one large message, in bytes, at least. */
export const largeMessageSize = 25 * 1024 * 1024;

interface FolderPlan {
  readonly folder: readonly string[];
  readonly count: number;
  readonly letters: readonly LetterTemplate[];
  /** Where the messages lie, in turn. */
  readonly sides: readonly Side[];
}

const owner: Person = { name: 'Åsa Lindqvist', address: 'asa.lindqvist@nordhavn.example' };

const people: readonly Person[] = [
  { name: 'Jürgen Müller', address: 'j.mueller@mueller-soehne.example' },
  { name: 'Hélène Lefèvre', address: 'helene.lefevre@chantier.example' },
  { name: 'Tom Okafor', address: 'tom.okafor@nordhavn.example' },
  { name: '佐藤 美咲', address: 'misaki.sato@tokyo-kaiun.example' },
  { name: 'Łukasz Wójcik', address: 'l.wojcik@zuraw.example' },
  { name: 'Ειρήνη Παπαδάκη', address: 'irini@aegean-lines.example' },
  { name: 'Grace Whitfield', address: 'grace.whitfield@nordhavn.example' },
  { name: 'Doe, John (Harbour Office)', address: 'harbour.office@port.example' },
];

/** Together they make a path of more than 260 characters, wherever the profile lies. */
const deepFolders = [
  'Projects',
  'Extension of the northern container terminal with a second berth for feeder ships',
  'Correspondence with the approving authorities, the neighbours and the nature conservation associations',
  'Expert reports on noise, light, dredging and traffic, in the versions of the second public participation',
];

const all: readonly LetterTemplate[] = [...english, ...western, ...worldwide];
const fromServer: readonly Side[] = ['server', 'server', 'server', 'both'];
const fromHere: readonly Side[] = ['local', 'local', 'both'];
const fromBoth: readonly Side[] = ['server', 'local', 'both', 'server'];

export function demoMailboxes(): DemoMailbox[] {
  return [
    {
      name: owner.name,
      emptyFolders: [
        { side: 'server', folder: ['Inbox', 'Später lesen'] },
        { side: 'local', folder: ['Notes'] },
      ],
      messages: () =>
        written(
          0x5eed_0001,
          [
            { folder: ['Inbox'], count: 56, letters: all, sides: fromServer },
            { folder: ['Inbox', 'Kunden', 'Müller & Söhne'], count: 22, letters: western, sides: fromServer },
            { folder: ['Inbox', 'Kunden', 'Chantier de l’Océan'], count: 14, letters: western, sides: fromServer },
            { folder: ['Inbox', '取引先', '東京支店'], count: 16, letters: worldwide, sides: fromServer },
            { folder: ['Sent Items'], count: 42, letters: all, sides: fromHere },
            { folder: ['Drafts'], count: 6, letters: english, sides: ['local'] },
            ...['2024', '2025'].flatMap((year) =>
              ['1', '2', '3', '4'].map((quarter) => ({
                folder: ['Archive', year, `Q${quarter}`],
                count: 8,
                letters: all,
                sides: fromBoth,
              })),
            ),
            { folder: deepFolders, count: 9, letters: english, sides: fromBoth },
          ],
          () => [emptyMessage(['Drafts'], 'local')],
        ),
    },
    {
      name: 'Hafenprojekt – geteilt',
      emptyFolders: [{ side: 'server', folder: ['Fotos', 'Μάιος'] }],
      messages: () =>
        written(
          0x5eed_0002,
          [
            { folder: ['Posteingang'], count: 30, letters: all, sides: fromServer },
            { folder: ['Gesendete Elemente'], count: 24, letters: western, sides: fromHere },
            { folder: ['Pläne', 'Kai Süd'], count: 12, letters: western, sides: fromBoth },
            { folder: ['Pläne', 'Kai Nord', 'Żurawie'], count: 12, letters: worldwide, sides: fromHere },
            { folder: ['Protokolle'], count: 18, letters: english, sides: fromBoth },
            { folder: ['Fotos', 'Апрель'], count: 8, letters: worldwide, sides: fromServer },
          ],
          (random) => [largeMessage(random, ['Pläne', 'Kai Süd'], 'server')],
        ),
    },
  ];
}

function* written(
  seed: number,
  plans: readonly FolderPlan[],
  further: (random: SeededRandom) => DemoMessage[],
): Generator<DemoMessage, void, undefined> {
  const random = new SeededRandom(seed);
  // The messages of a folder come some hours after one another, from a Monday morning in January 2025 on.
  let time = Date.UTC(2025, 0, 6, 8, 0, 0);
  let serial = 0;
  for (const plan of plans) {
    let previous: string | null = null;
    for (let at = 0; at < plan.count; at++) {
      time += random.between(20 * 60, 9 * 3600) * 1000;
      serial++;
      const messageId = `<${seed.toString(16)}.${String(serial).padStart(4, '0')}@mail.nordhavn.example>`;
      const side = plan.sides[at % plan.sides.length] as Side;
      yield letter(random, plan, new Date(time), messageId, at % 5 === 4 ? previous : null, side);
      previous = messageId;
    }
  }
  yield* further(random);
}

function letter(
  random: SeededRandom,
  plan: FolderPlan,
  date: Date,
  messageId: string,
  inReplyTo: string | null,
  side: Side,
): DemoMessage {
  const template = random.pick(plan.letters);
  const other = random.pick(people);
  const third = random.pick(people);
  const fill = (text: string): string =>
    text
      .replaceAll('{}', () => String(random.between(11, 59)))
      .replaceAll('{who}', () => other.name.split(/[ ,]/)[0] ?? '');
  const subject = `${inReplyTo === null ? '' : 'Re: '}${fill(template.subject)}`;
  const text = template.text.map(fill);
  if (inReplyTo !== null)
    text.push(`> ${fill(template.text[0] ?? '')}\n> ${fill(template.text[1] ?? '').replaceAll('\n', '\n> ')}`);
  // What is sent from here starts on this side.
  const sent = side === 'local';
  const bytes = writeMail({
    from: sent ? owner : other,
    to: [sent ? other : owner],
    ...(random.between(1, 4) === 1 && third !== other ? { cc: [third] } : {}),
    date,
    zone: '+0100',
    messageId,
    ...(inReplyTo === null ? {} : { inReplyTo }),
    subject,
    text,
    encoding: encodingFor(random, text.join('')),
    html: random.between(1, 4) === 1,
    ...(random.between(1, 12) === 1 ? { attachments: [attachment(random, random.between(4_000, 120_000))] } : {}),
  });
  return { side, folder: plan.folder, fileName: fileNameOf(date, subject), bytes };
}

function encodingFor(random: SeededRandom, text: string): TextEncoding {
  const highest = Array.from(text).reduce((high, char) => Math.max(high, char.codePointAt(0) ?? 0), 0);
  if (highest < 0x80) return random.pick(['us-ascii', 'us-ascii', 'quoted-printable']);
  if (highest < 0x100) return random.pick(['iso-8859-1', 'utf-8', 'quoted-printable']);
  return random.pick(['utf-8', 'utf-8', 'base64']);
}

function attachment(random: SeededRandom, size: number): Attachment {
  return {
    fileName: random.pick(['Zeichnung Kai Süd.zip', 'figures.zip', '写真.zip', 'packing list.zip']),
    mediaType: 'application/zip',
    bytes: random.bytes(size),
  };
}

/** Date first, so that a folder lists in order; then the subject, as far as Windows lets it stand in a name. */
function fileNameOf(date: Date, subject: string): string {
  const stamp = date.toISOString().slice(0, 16).replace('T', ' ').replace(':', '');
  return `${stamp} ${subject.replace(/[<>:"/\\|?*]/g, '_')}.eml`;
}

function emptyMessage(folder: readonly string[], side: Side): DemoMessage {
  return { side, folder, fileName: 'empty message.eml', bytes: new Uint8Array(0) };
}

function largeMessage(random: SeededRandom, folder: readonly string[], side: Side): DemoMessage {
  const date = new Date(Date.UTC(2025, 4, 2, 16, 45, 0));
  const subject = 'Bestandspläne, gescannt in voller Größe';
  const bytes = writeMail({
    from: people[0] as Person,
    to: [owner],
    date,
    zone: '+0200',
    messageId: '<bestandsplaene.20250502@mail.nordhavn.example>',
    subject,
    text: ['Guten Tag Frau Lindqvist,', 'anbei die Pläne, diesmal in voller Größe.', 'Viele Grüße\nJürgen Müller'],
    encoding: 'iso-8859-1',
    // 57 bytes fill one line of 78 in base64.
    attachments: [{ ...attachment(random, Math.ceil(largeMessageSize / 78) * 57), fileName: 'Bestandspläne.zip' }],
  });
  return { side, folder, fileName: fileNameOf(date, subject), bytes };
}
