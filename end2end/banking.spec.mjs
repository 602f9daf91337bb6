// Banking: a bank's file becomes lines, the lines become the books, and all of it can be taken back.

import assert from 'node:assert/strict';
import { axe, createCompany, shot, signIn, test } from './harness.mjs';

// Refused forms are answered with 422, which a browser logs.
const refused = { expectErrors: [/status of 422/] };

const november = [
  ['20261120', '-2418.60', 'n1', 'SHIMANO NORTH AMERICA 8003531', 'Parts, PO 2231'],
  ['20261119', '-14.75', 'n2', 'SQ *HILLTOP COFFEE', ''],
  ['20261119', '-3200.00', 'n3', 'ACH CEDAR PROPERTY MGMT', 'Shop rent, November'],
  ['20261118', '845.00', 'n4', 'DEPOSIT 0042', ''],
  ['20261118', '-186.20', 'n5', 'AMZN MKTP US*2K4', ''],
  ['20261117', '-5000.00', 'n6', 'TRANSFER TO SAV ...8841', ''],
  ['20261116', '-59.99', 'n7', 'ADOBE *CREATIVE CLD', ''],
  ['20261116', '-9.999', 'n8', 'FRACTION OF A CENT', ''],
];
const savings = [['20261118', '5000.00', 's1', 'TRANSFER FROM CHK ...4410', '']];

// A statement as banks write them: SGML without closing tags.
function statement(name, number, kind, balance, lines) {
  const transactions = lines.map(([day, amount, id, words, memo]) =>
    `<STMTTRN>\n<TRNTYPE>OTHER\n<DTPOSTED>${day}\n<TRNAMT>${amount}\n<FITID>${id}\n<NAME>${words}\n${memo && `<MEMO>${memo}\n`}</STMTTRN>`);
  const text = `OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX>
<BANKMSGSRSV1><STMTTRNRS><STMTRS>
<CURDEF>USD
<BANKACCTFROM><BANKID>121000358<ACCTID>${number}<ACCTTYPE>${kind}</BANKACCTFROM>
<BANKTRANLIST>
${transactions.join('\n')}
</BANKTRANLIST>
<LEDGERBAL><BALAMT>${balance}<DTASOF>20261120</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1>
</OFX>
`;
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) };
}

const checkingFile = () => statement('november.qfx', '4400120034410', 'CHECKING', '31877.42', november);
const savingsFile = () => statement('savings.qfx', '4400120038841', 'SAVINGS', '5000.00', savings);

async function choose(page, home, file) {
  await page.goto(`${home}/banking/import`);
  await page.getByLabel('Statement file').setInputFiles(file);
  await page.getByRole('button', { name: 'Look at the file' }).click();
}

// Imports a file of one account, and leaves the page at its review list.
async function importFile(page, home, file, account) {
  await choose(page, home, file);
  await page.getByLabel('Account of the books').selectOption({ label: account });
  await page.getByRole('button', { name: /^Import/ }).click();
  await page.waitForURL(/\/banking\/\d+\?/);
}

const row = (page, words) => page.locator('tr[data-line]', { hasText: words });
const toast = (page) => page.locator('.toast').innerText();
const chip = (page, name) => page.getByRole('navigation', { name: 'Lines by state' }).getByRole('link', { name });
const category = (page, words) => row(page, words).getByLabel('Category of');
const press = (page, words, name) => row(page, words).getByRole('button', { name }).click();

async function code(page, words, account) {
  await category(page, words).fill(account);
  await press(page, words, 'Add');
  await page.waitForURL(/done=\d+/);
}

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';
  // axe runs in the page, which needs script; what it looks at is the same without.
  const check = async (page) => { if (javaScript) await axe(page); };
  const picture = async (page, name) => { if (javaScript) await shot(page, `banking-${name}`); };

  test(`a statement is imported, coded, and taken back, ${how}`, { javaScript, ...refused }, async ({ page }) => {
    await signIn(page, 'dana');
    const home = await createCompany(page, 'Juniper Cycles LLC');

    // What to do first.
    await page.goto(`${home}/banking`);
    await check(page);
    await picture(page, 'empty');
    await page.getByRole('link', { name: 'Import a statement' }).last().click();
    await check(page);
    await picture(page, 'upload');

    // The preview asks which account it is, and nothing is imported by it.
    await choose(page, home, checkingFile());
    assert.match(await page.locator('main').innerText(), /Checking ••4410/);
    await page.getByRole('button', { name: /^Import/ }).click();
    assert.match(await page.locator('#field-accounts-0-error').innerText(), /Choose the account of the books that Checking ••4410 is/);
    assert.doesNotMatch(await page.content(), /4400120034410/);
    assert.doesNotMatch(await page.locator('.page-head').innerText(), /\d new/, 'nobody can tell yet what is new');
    await check(page);
    await page.getByLabel('Account of the books').selectOption({ label: '1000 Business Checking' });
    await page.getByRole('button', { name: 'Compare again' }).click();
    assert.match(await page.locator('.page-head').innerText(), /7 new[^]*0 known[^]*1 in doubt/);
    await check(page);
    await picture(page, 'preview');
    await page.getByRole('button', { name: 'Import 8 lines' }).click();
    await page.waitForURL(/\/banking\/\d+\?/);
    assert.match(await toast(page), /7 new, 0 known, 1 in doubt/);
    assert.match(await page.locator('.page-head').innerText(), /\$31,877\.42 on Nov 20, 2026 · books \$0\.00 · 8 lines/);
    await check(page);
    await picture(page, 'review');
    const list = page.url().split('?')[0];

    // A category that is none is refused at its row, with what was typed.
    await category(page, 'HILLTOP').fill('Nonsense');
    await press(page, 'HILLTOP', 'Add');
    assert.match(await row(page, 'HILLTOP').innerText(), /“Nonsense” is not an account/);
    assert.equal(await category(page, 'HILLTOP').inputValue(), 'Nonsense');
    await check(page);
    await picture(page, 'review-refused');

    // Nor is the account itself what its money went to.
    await category(page, 'HILLTOP').fill('checking');
    await press(page, 'HILLTOP', 'Add');
    assert.match(await row(page, 'HILLTOP').innerText(), /This is the account itself/);

    // Coding comes back to the line below, says what was done, and is undone from there.
    const next = await row(page, 'HILLTOP').locator('xpath=following-sibling::tr[1]').getAttribute('id');
    await code(page, 'HILLTOP', 'Meals');
    assert.equal(new URL(page.url()).hash, `#${next}`);
    assert.match(await toast(page), /Added: SQ \*HILLTOP COFFEE, -14\.75 to \d+ Meals/);
    assert.equal(await row(page, 'HILLTOP').count(), 0);
    await check(page);
    await picture(page, 'review-added');
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    assert.match(await toast(page), /Back on the list: SQ \*HILLTOP COFFEE/);
    await code(page, 'HILLTOP', 'Meals');
    await page.getByRole('link', { name: 'Look at the expense' }).click();
    assert.match(await page.locator('main').innerText(), /Expense[^]*Meals[^]*14\.75[^]*Ledger postings[^]*matched to a bank line[^]*Posted/);
    await check(page);
    await picture(page, 'document');
    await page.getByRole('link', { name: 'To its bank line' }).click();
    assert.match(await row(page, 'HILLTOP').innerText(), /Meals/);
    await check(page);
    await picture(page, 'review-accepted');

    // A split says what remains.
    await page.goto(list);
    await row(page, 'AMZN').getByRole('link', { name: 'Split' }).click();
    await page.getByLabel('Category, part 1').fill('Supplies');
    await page.getByLabel('Amount, part 1').fill('100+20');
    if (!javaScript) await page.getByRole('button', { name: 'Recalculate' }).click();
    await page.getByText('66.20 remains').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Recalculate' }).count(), javaScript ? 0 : 1);
    await check(page);
    await page.getByLabel('Category, part 2').fill('Meals');
    if (javaScript) assert.equal(await page.getByLabel('Amount, part 1').inputValue(), '120.00', 'leaving a field writes it out');
    await page.getByLabel('Amount, part 2').fill('60');
    await page.getByRole('button', { name: 'Add the split' }).click();
    await page.getByRole('alert').getByText('6.20 remains').waitFor();
    await check(page);
    await picture(page, 'split-refused');
    await page.getByLabel('Amount, part 2').fill('66.20');
    await page.getByRole('button', { name: 'Add the split' }).click();
    await page.waitForURL(/done=\d+/);
    assert.match(await toast(page), /Added: AMZN/);

    // Left out, and put back.
    await press(page, 'ADOBE', 'Exclude');
    assert.match(await toast(page), /Excluded: ADOBE/);
    await chip(page, 'Excluded').click();
    await check(page);
    await press(page, 'ADOBE', 'Put back');
    assert.match(await toast(page), /Back on the list/);

    // In doubt, with the reason and what to do.
    await chip(page, 'In doubt').click();
    assert.match(await row(page, 'FRACTION').innerText(), /decimals[^]*exclude it and enter/i);
    await check(page);
    await picture(page, 'review-doubtful');

    // A transfer of which both sides come in is posted once.
    await chip(page, 'To review').click();
    await code(page, 'TRANSFER TO SAV', '1010 Business Savings');
    await importFile(page, home, savingsFile(), '1010 Business Savings');
    assert.match(await row(page, 'TRANSFER FROM').innerText(), /Transfer of Nov 17, 2026[^]*a day earlier[^]*match/);
    await check(page);
    await picture(page, 'review-match');
    await press(page, 'TRANSFER FROM', 'Match');
    await page.waitForURL(/matched=\d+/);
    assert.match(await toast(page), /Matched: TRANSFER FROM CHK \.\.\.4410, 5,000\.00 to the transfer with/);
    await page.getByRole('link', { name: 'Look at the transfer' }).click();
    assert.equal(await page.locator('main').getByText('matched to a bank line').count(), 2);

    // The overview, and the number behind the mask.
    await page.goto(`${home}/banking`);
    assert.match(await page.locator('main').innerText(), /••4410[^]*31,877\.42/);
    await check(page);
    await picture(page, 'overview');
    await page.getByRole('link', { name: 'Show number' }).first().click();
    await check(page);
    await page.getByRole('button', { name: 'Show the number' }).click();
    assert.match(await page.locator('main').innerText(), /4400120034410/);
    await check(page);
    await picture(page, 'number');
    await page.goto(page.url());
    assert.doesNotMatch(await page.content(), /4400120034410/);

    // The same file again adds nothing.
    await choose(page, home, checkingFile());
    assert.match(await page.locator('main').innerText(), /Every line of this file is there already/);

    // The import is undone whole: what it would void stands there first.
    await page.goto(`${home}/banking`);
    await page.getByRole('row', { name: /november\.qfx/ }).getByRole('link', { name: 'Undo' }).click();
    assert.match(await page.locator('main').innerText(), /8 lines leave[^]*2 documents are voided[^]*1 other document stays/);
    await check(page);
    await picture(page, 'undo-import');
    await page.getByRole('button', { name: 'Undo the import' }).click();
    assert.match(await page.locator('main').innerText(), /The import is undone/);
    await page.goto(list);
    assert.match(await page.locator('main').innerText(), /No statement of this account yet/);
    await check(page);
    await picture(page, 'review-empty');
  });

  test(`a damaged, a missing and a huge file are refused in words, ${how}`, { javaScript, ...refused }, async ({ page }) => {
    await signIn(page, 'dana');
    const home = await createCompany(page, 'Alder Street Bakery');
    const good = checkingFile();
    const damaged = Buffer.from(good.buffer.toString().replace('-14.75', 'many').replace('20261118', '20261399'));
    await choose(page, home, { ...good, name: 'damaged.qfx', buffer: damaged });
    assert.match(await page.getByRole('alert').innerText(), /line \d+/i);
    await check(page);
    await picture(page, 'upload-refused');

    await choose(page, home, { ...good, buffer: Buffer.alloc(21 * 1000 * 1000, 'x') });
    assert.match(await page.getByRole('alert').innerText(), /larger than 20 MB/);
    await choose(page, home, { ...good, buffer: Buffer.alloc(24 * 1024 * 1024, 'x') });
    assert.match(await page.locator('main').innerText(), /larger than 20 MB/);

    await page.goto(`${home}/banking/import`);
    await page.getByRole('button', { name: 'Look at the file' }).click();
    assert.match(await page.getByRole('alert').innerText(), /Choose the file/);

    await page.goto(`${home}/banking/connect`);
    await check(page);
    await page.getByRole('button', { name: 'Connect the account' }).click();
    assert.match(await page.getByRole('alert').innerText(), /Choose the account/);
    await page.getByLabel('Account of the books').selectOption({ label: '2100 Credit Card' });
    await page.getByLabel('Number at the bank').fill('4111 2222 3333 9010');
    await page.getByRole('button', { name: 'Connect the account' }).click();
    assert.match(await page.locator('main').innerText(), /The account is connected[^]*Card ••9010/);
    await check(page);
  });
}

test('an import of doubtful lines alone leads to them', async ({ page }) => {
  await signIn(page, 'dana');
  const home = await createCompany(page, 'Doubtful Cycles');
  await importFile(page, home, statement('doubt.qfx', '4400120034410', 'CHECKING', '0.00', november.slice(-1)), '1000 Business Checking');
  assert.equal(new URL(page.url()).searchParams.get('state'), 'doubtful');
  assert.equal(await row(page, 'FRACTION').count(), 1);
  await chip(page, 'To review').click();
  assert.match(await page.locator('main').innerText(), /1 line is in doubt and still not in the books/);
  await axe(page);
  await page.goto(`${home}/banking`);
  assert.match(await page.locator('main').innerText(), /1 in doubt/);
  assert.doesNotMatch(await page.locator('main').innerText(), /all reviewed/);
  await page.goto(`${home}/reports/balance-sheet`);
  assert.match(await page.locator('.provenance').innerText(), /No line is uncategorized/);
});

test('lines from before the books begin, and a file without lines, are told before the import', async ({ page }) => {
  await signIn(page, 'dana');
  const home = await createCompany(page, 'Early Cycles');
  await choose(page, home, statement('early.qfx', '4400120034410', 'CHECKING', '0.00', [['20251231', '-10.00', 'e1', 'EARLY', '']]));
  assert.match(await page.locator('.notice.warn').innerText(), /1 line is dated before these books begin on Jan 1, 2026/);
  await axe(page);
  await choose(page, home, statement('none.qfx', '4400120034410', 'CHECKING', '0.00', []));
  assert.match(await page.locator('.notice.warn').innerText(), /no line in this file/);
  assert.equal(await page.getByRole('button', { name: /^Import/ }).count(), 0);
  await axe(page);
});

test('the review list is worked through by keyboard alone', async ({ page }) => {
  await signIn(page, 'dana');
  const home = await createCompany(page, 'Keyboard Cycles');
  await importFile(page, home, checkingFile(), '1000 Business Checking');
  await page.locator('#page').getByText('Keys on').waitFor();
  const focused = () => page.evaluate(() => document.activeElement.closest('tr')?.querySelector('.what').firstChild.textContent);

  await page.keyboard.press('j');
  assert.match(await focused(), /SHIMANO/);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.match(await focused(), /HILLTOP/);
  await page.keyboard.press('k');
  assert.match(await focused(), /CEDAR/);
  await page.keyboard.press('j');
  // Enter asks for the category first; in the field, letters are text and Enter adds.
  await page.keyboard.press('Enter');
  await page.keyboard.type('Meals jks');
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Meals');
  await page.keyboard.press('Enter');
  await page.waitForURL(/done=/);
  await page.locator('#page').getByText('Keys on').waitFor();
  assert.match(await toast(page), /Added: SQ \*HILLTOP/);
  assert.match(await focused(), /AMZN/, 'the line below has the focus');

  await page.keyboard.press('z');
  await page.getByText('Back on the list').waitFor();
  await page.locator('#page').getByText('Keys on').waitFor();
  assert.match(await focused(), /HILLTOP/);
  await page.keyboard.press('s');
  await page.waitForURL(/\/split$/);
  await page.goBack();

  await page.getByRole('button', { name: 'Keys on' }).click();
  await page.keyboard.press('j');
  assert.equal(await focused(), undefined, 'a switch turns the keys off');
  await page.reload();
  await page.locator('#page').getByText('Keys off').waitFor();
});

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';
  test(`selected lines are accepted, excluded and put back together, ${how}`, { javaScript, ...refused }, async ({ page }) => {
    await signIn(page, 'dana');
    const home = await createCompany(page, 'Selected Cycles');
    await importFile(page, home, checkingFile(), '1000 Business Checking');
    const list = page.url().split('?')[0];
    const box = (words) => row(page, words).locator('input[type=checkbox]');
    const act = (name) => page.getByRole('button', { name }).click();

    // The other side of a transfer is in the books already: the savings account's line has a suggestion.
    await code(page, 'TRANSFER TO SAV', '1010 Business Savings');
    await importFile(page, home, savingsFile(), '1010 Business Savings');
    await page.getByRole('link', { name: 'Select all on this page' }).click();
    assert.equal(await page.locator('.review input:checked').count(), 1);
    await axe(page);
    await act('Accept the selected suggestions');
    assert.match(await toast(page), /1 line was matched/);
    await page.getByRole('link', { name: 'To “Added”' }).click();
    assert.match(await row(page, 'TRANSFER FROM').innerText(), /Checking[^]*transfer/);
    await axe(page);

    // A line that nothing fits keeps the others from being accepted, and says so at its row.
    await page.goto(list);
    await box('HILLTOP').check();
    await box('ADOBE').check();
    await act('Accept the selected suggestions');
    await page.locator('#error-summary').waitFor();
    assert.match(await row(page, 'HILLTOP').locator('.error').innerText(), /HILLTOP COFFEE, Nov 19, 2026: Nothing in the books fits/);
    assert.equal(await page.locator('.review input:checked').count(), 2, 'what was selected stays so');
    await axe(page);
    if (javaScript) await shot(page, 'banking-review-selected');
    await act('Exclude the selected');
    assert.match(await toast(page), /2 lines were excluded/);
    assert.equal(await row(page, 'HILLTOP').count(), 0);
    await chip(page, 'Excluded').click();
    await page.getByRole('link', { name: 'Select all on this page' }).click();
    await act('Put the selected back');
    assert.match(await toast(page), /2 lines are back on the list/);
    await page.goto(list);
    assert.equal(await row(page, 'HILLTOP').count(), 1);
  });
}

test('bank lines are filtered, sorted and selected by keys', refused, async ({ page }) => {
  await signIn(page, 'dana');
  const home = await createCompany(page, 'Filtered Cycles');
  await importFile(page, home, checkingFile(), '1000 Business Checking');
  const list = page.url().split('?')[0];
  await page.goto(list);
  await page.locator('#page').getByText('Keys on').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  assert.equal(await page.locator('.review input:checked').count(), 2);
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  assert.equal(await page.locator('.review input:checked').count(), 1);
  await page.keyboard.press('/');
  await page.keyboard.type('cedar');
  await page.keyboard.press('Enter');
  await page.waitForURL(/text=cedar/);
  assert.equal(await page.locator('tr[data-line]').count(), 1);
  assert.match(await page.locator('.pagination').innerText(), /1 line/);
  await page.getByRole('link', { name: 'Clear' }).click();
  await page.locator('[name=way]').selectOption('out');
  await page.locator('[name=amount]').fill('10 to 200');
  await page.getByRole('button', { name: 'Show' }).click();
  assert.match(page.url(), /amount=10\+to\+200.*way=out/);
  assert.match(await page.locator('.pagination').innerText(), /3 lines, -260\.94 USD in all/);
  await page.locator('thead').getByRole('link', { name: 'Out' }).click();
  assert.match(await page.locator('tr[data-line]').first().innerText(), /AMZN/);
  const csv = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
  const file = await (await page.request.get(csv)).text();
  assert.deepEqual(file.trim().split('\r\n').slice(1).map((line) => line.split(',')[4]), ['-186.20', '-59.99', '-14.75']);
  await axe(page);
  await shot(page, 'banking-review-filters');
  await page.locator('[name=from]').fill('2/31/2026');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.locator('#field-from-error').waitFor();
  assert.equal(await page.locator('[name=amount]').inputValue(), '10 to 200', 'nothing is lost');
  assert.equal(await page.locator('tr[data-line]').count(), 0);
  await axe(page);
});

test('a viewer reads the list and finds nothing to press', async ({ page, newContext }) => {
  await signIn(page, 'dana');
  const home = await createCompany(page, 'Readers Cycles');
  await importFile(page, home, checkingFile(), '1000 Business Checking');
  const list = page.url().split('?')[0];
  await page.goto(`${home}/settings/people`);
  await page.locator('input[name=role][value=viewer]').check();
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByLabel('Link, shown this once').inputValue();
  const lees = await (await newContext()).newPage();
  await signIn(lees, 'lee');
  await lees.goto(link);
  await lees.getByRole('button', { name: 'Accept the invitation' }).click();
  await lees.goto(list);
  // The filters read, and change nothing: but for theirs there is no button, and no box.
  assert.deepEqual(await lees.locator('main button').allInnerTexts(), ['Show']);
  assert.equal(await lees.locator('main form[method=post], .review input').count(), 0);
  assert.match(await lees.locator('main').innerText(), /To be reviewed/);
  await lees.goto(home);
  assert.doesNotMatch(await lees.locator('main').innerText(), /to review/);
  await lees.goto(`${home}/accounting/opening`);
  assert.match(await lees.locator('.notice').innerText(), /No opening balances were entered yet/);
  await lees.goto(`${home}/reports/balance-sheet`);
  assert.match(await lees.locator('.provenance').innerText(), /7 bank lines wait for review and are not in these figures/);
  await lees.goto(`${home}/banking`);
  assert.equal(await lees.getByRole('link', { name: /Undo|Show number|Import a statement/ }).count(), 0);
  await axe(lees);
});
