/** What the people of the demo write to one another. `{}` stands for a number, `{who}` for a first name. */
export interface LetterTemplate {
  readonly subject: string;
  readonly text: readonly string[];
}

export const english: readonly LetterTemplate[] = [
  {
    subject: 'Quarterly figures, draft {}',
    text: [
      'Hello {who},',
      'attached to our shared folder you will find draft {} of the quarterly figures. Freight is up by {} per cent, which is\nmostly the two extra sailings in the second month. Everything else is close to what we had planned.',
      'Could you check the table on page {} before Thursday? I would like to send it to the auditors on Friday morning.',
      'Kind regards',
    ],
  },
  {
    subject: 'Minutes of the meeting in room {}',
    text: [
      'Dear all,',
      'here are the minutes. Present: everybody but {who}, who was on the ferry.',
      '1. The crane inspection is moved to week {}.\n2. The new berth gets its power supply first, the water afterwards.\n3. Nobody objects to the revised price of EUR {},400.',
      'Please send corrections by tomorrow noon.',
    ],
  },
  {
    subject: 'Container {} held at customs',
    text: [
      'Good morning {who},',
      'container {} is held because the packing list names {} cartons and the inspector counted one fewer. The seal was intact.',
      'I have asked the forwarder for photographs. As soon as they are here I will put them into the project folder.',
      'Best wishes',
    ],
  },
  {
    subject: 'Lunch on Thursday?',
    text: [
      'Hi {who},',
      'are you in town on Thursday? There is a new place behind the fish market, they have {} dishes and all of them with dill.',
      'Say about half past twelve?',
    ],
  },
  {
    subject: 'Order confirmation no. {}',
    text: [
      'Thank you for your order.',
      '    {} x mooring line, 24 mm, 220 m\n    {} x fender, cylindrical, 1.0 m\n    {} x shackle, galvanised',
      'Delivery takes eight to ten working days. Quote the order number in all correspondence, please.',
      '-- \nThis message was generated automatically.',
    ],
  },
];

export const western: readonly LetterTemplate[] = [
  {
    subject: 'Angebot für die Größen {} bis 48',
    text: [
      'Sehr geehrte Frau Lindqvist,',
      'vielen Dank für Ihre Anfrage. Wir können Ihnen die gewünschten {} Stück zu den bekannten Bedingungen anbieten;\ndie Lieferung erfolgt frei Haus, spätestens in der Woche nach Ostern.',
      'Über Ihren Auftrag würden wir uns sehr freuen. Für Rückfragen erreichen Sie mich täglich bis 17 Uhr.',
      'Mit freundlichen Grüßen',
    ],
  },
  {
    subject: 'Réunion du comité à Orléans, salle {}',
    text: [
      'Chère collègue,',
      'la réunion aura lieu à 14 h {} dans la grande salle, au troisième étage. Le café sera servi dès notre arrivée.',
      "L'ordre du jour n'a pas changé : il reste à décider où déposer les pièces numérotées de 1 à {}.",
      'Bien à vous',
    ],
  },
  {
    subject: 'Båtplatsen i Västerås, nummer {}',
    text: [
      'Hej {who}!',
      'Nu är det bestämt: vi får plats nummer {} från och med första maj. Bryggan är nymålad, så gå försiktigt på den.',
      'Nyckeln hämtar du hos Åke på kontoret, helst före klockan fyra.',
      'Hälsningar',
    ],
  },
  {
    subject: 'Señalización del muelle {}',
    text: [
      'Estimada señora:',
      'le envío el informe de la inspección del muelle {}. Faltan todavía dos señales en el extremo sur; la compañía ha prometido\ncolocarlas mañana por la mañana.',
      '¿Podría usted confirmar el número de pedido {}?',
      'Un cordial saludo',
    ],
  },
];

export const worldwide: readonly LetterTemplate[] = [
  {
    subject: '会議の議事録（第{}回）',
    text: [
      'リンドクヴィスト様',
      'いつもお世話になっております。先日の会議の議事録をお送りいたします。次回は第{}会議室で行う予定です。',
      'ご確認のほど、よろしくお願い申し上げます。',
    ],
  },
  {
    subject: 'Zamówienie nr {} – części żurawia',
    text: [
      'Dzień dobry,',
      'potwierdzamy przyjęcie zamówienia nr {}. Łożyska wyślemy jeszcze w tym tygodniu, śruby – gdy tylko nadejdą z Łodzi.',
      'Z poważaniem',
    ],
  },
  {
    subject: 'Δρομολόγια του πλοίου, εβδομάδα {}',
    text: [
      'Καλημέρα σας,',
      'σας στέλνω τα νέα δρομολόγια. Το πλοίο φεύγει από τον Πειραιά στις 7:{} και φτάνει στη Σύρο πριν από το μεσημέρι.',
      'Με εκτίμηση',
    ],
  },
  {
    subject: 'Fotos vom Kai 🚢 Nr. {}',
    text: ['Hallo {who},', 'schau dir Bild {} an: so ruhig war das Wasser noch nie. ⚓', 'Bis morgen!'],
  },
  {
    subject: 'График поставок на {} неделю',
    text: [
      'Добрый день!',
      'Направляю график поставок. Первая партия ({} ящиков) выходит во вторник, вторая – сразу после праздников.',
      'С уважением',
    ],
  },
];
