import { describe, expect, it } from 'vitest';
import { type Scenario, scenario } from '../../src/testing/index.js';

describe('scenario', () => {
  it('writes one step a line, in the order of the calls', () => {
    const text = scenario()
      .option('ignore-cancel')
      .progress('Inbox', 1, 10)
      .returns(0)
      .sleep(20)
      .error(0x80040115, 'server is gone')
      .signal()
      .done(0x80040115)
      .end()
      .toString();
    expect(text).toBe(
      [
        'option ignore-cancel',
        'progress "Inbox" 1 10',
        'return 0x00000000',
        'sleep 20',
        'error 0x80040115 "server is gone"',
        'signal',
        'done 0x80040115',
        'end',
        '',
      ].join('\n'),
    );
  });

  it('is empty before the first step', () => {
    expect(scenario().toString()).toBe('');
  });

  it('writes NULL texts as null, and every other text so that it comes back whole', () => {
    const texts = [null, '', 'Entwürfe', 'two\nlines\r\tand "quotes" \\', '\ud800', 'x\udc00y', '\uffff\u0000', '👩‍🚀'];
    for (const text of texts) {
      const line = scenario().progress(text, 1, 2).toString();
      expect(line.split('\n')).toHaveLength(2);
      expect(Buffer.from(line).toString()).toBe(line);
      expect(JSON.parse(/^progress (.*) 1 2\n$/s.exec(line)?.[1] ?? '')).toBe(text);
    }
  });

  it('writes HRESULTs unsigned, however they come', () => {
    expect(scenario().done(-2147221233).toString()).toBe('done 0x8004010F\n');
    expect(scenario().done(0x8004010f).toString()).toBe('done 0x8004010F\n');
    expect(scenario().error(-0, null).toString()).toBe('error 0x00000000 null\n');
  });

  it('names the handle that goes with done, unless it is the event', () => {
    expect(scenario().done(0, 'event').done(0, 'null').done(0, 'closed').toString()).toBe(
      'done 0x00000000\ndone 0x00000000 null\ndone 0x00000000 closed\n',
    );
  });

  it('has a word for every misbehaviour', () => {
    const text = scenario()
      .setEvent('garbage')
      .pumpMessage()
      .sendMessage()
      .queryCallback()
      .addRef(1000)
      .release(2)
      .nested()
      .repeat(5, (step) => step.progress(null, '#', 5))
      .make('window')
      .use('timer')
      .registerCallback()
      .fetchCallback()
      .block()
      .crash()
      .throws()
      .toString();
    expect(text.split('\n')).toEqual([
      'set-event garbage',
      'pump-message',
      'send-message',
      'query-callback',
      'add-ref 1000',
      'release 2',
      'nested',
      'repeat 5 progress null # 5',
      'make window',
      'use timer',
      'register-callback',
      'fetch-callback',
      'block',
      'crash',
      'throw',
      '',
    ]);
  });

  it('puts repeat and threads in front of one step', () => {
    const text = scenario()
      .repeat(1_000_000, (step) => step.progress('Inbox', 1, 10))
      .threads(50, (step) => step.repeat(1000, (again) => again.error(1, null)))
      .repeat(2, (step) => step.threads(3, (inner) => inner.sleep(1)))
      .toString();
    expect(text).toBe(
      'repeat 1000000 progress "Inbox" 1 10\nthreads 50 repeat 1000 error 0x00000001 null\nrepeat 2 threads 3 sleep 1\n',
    );
  });

  it.each<[string, (s: Scenario) => unknown, RegExp]>([
    ['a text that is a number', (s) => s.progress(1 as never, 1, 2), /^text must be a string or null; got 1$/],
    ['a missing index', (s) => s.progress('', undefined as never, 2), /^index must be a number; got undefined$/],
    ['an option that is no string', (s) => s.option(7 as never), /^name must be a string; got 7$/],
    ['an unknown thing', (s) => s.make('door' as never), /^thing must be one of 'window', .*; got 'door'$/],
    ['a step that is no function', (s) => s.repeat(1, 'x' as never), /^step must be a function; got 'x'$/],
    ['an unknown handle', (s) => s.done(0, 'mine' as never), /^handle must be one of 'event', .*; got 'mine'$/],
  ])('refuses %s with a TypeError that shows what came', (_, build, message) => {
    expect(() => build(scenario())).toThrow(TypeError);
    expect(() => build(scenario())).toThrow(message);
  });

  it.each<[string, (s: Scenario) => unknown, RegExp]>([
    ['a negative index', (s) => s.progress('', -1, 2), /^index must be an integer from 0 to 4294967295; got -1$/],
    ['half a maximum', (s) => s.progress('', 1, 0.5), /^max .*; got 0.5$/],
    ['an HRESULT beyond 32 bits', (s) => s.done(0x1_0000_0000), /^hresult .*; got 4294967296$/],
    ['a NaN', (s) => s.sleep(Number.NaN), /^ms .*; got NaN$/],
    ['no repetition', (s) => s.repeat(0, (one) => one.signal()), /^count .*; got 0$/],
    ['too many threads', (s) => s.threads(1001, (one) => one.signal()), /^count .* 1000; got 1001$/],
    ['a repeat of nothing', (s) => s.repeat(2, (one) => one), /^step must append exactly one step to repeat; got 0$/],
    ['a repeat of two steps', (s) => s.repeat(2, (one) => one.signal().signal()), /exactly one step to repeat; got 2$/],
    ['a repeated return', (s) => s.repeat(2, (one) => one.returns(0)), /happen more than once; got 'return/],
    [
      'a repeated repeat',
      (s) => s.repeat(2, (one) => one.repeat(2, (two) => two.signal())),
      /^step must not be repeat in a repeat/,
    ],
    [
      'threads in threads',
      (s) => s.threads(2, (one) => one.threads(2, (two) => two.signal())),
      /^step must not be threads in a threads/,
    ],
    [
      'threads around it all',
      (s) => s.threads(2, (a) => a.repeat(2, (b) => b.threads(2, (c) => c.signal()))),
      /^step must not be repeat of threads in a threads/,
    ],
    ['a second return', (s) => s.returns(0).returns(1), /^returns must be called at most once/],
    ['an option in two lines', (s) => s.option('a\nsignal'), /^name must be lower-case words/],
  ])('refuses %s with a RangeError that shows what came', (_, build, message) => {
    expect(() => build(scenario())).toThrow(RangeError);
    expect(() => build(scenario())).toThrow(message);
  });
});
