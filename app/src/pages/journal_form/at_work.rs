//! The form of an entry in the browser: it adds up, fills and grows while one types.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event};

use super::balance;
use super::line::due_class;
use super::paste::rows_at_line;
use super::typing::completed;
use crate::browser::{find, listen, say, target_in};
use crate::live_form::{LiveForm, Rows, post_with_enter};
use crate::view::journal::{
    EntryReader, Filled, LINE_COUNT, LINES, Layout, LineField, MAX_LINES, MORE_LINES, PASTED, Totals, action,
    copied_down, filled,
};
use crate::view::recurring::{Preview, read_schedule};
use ledger::money::format_amount;

/// The form.
const FORM: &str = "form[data-keys=entry]";

/// Keeps the form of an entry company.
#[island]
pub fn EntryAtWork(reader: EntryReader, children: Children) -> impl IntoView {
    Effect::new(move |_| begin(reader.clone()));
    children()
}

/// What the island knows.
struct Entry {
    live: Rc<LiveForm>,
    lines: Rows,
    reader: Rc<EntryReader>,
}

fn begin(reader: EntryReader) {
    let reader = Rc::new(reader);
    let of_fields = Rc::clone(&reader);
    let live = LiveForm::begin(FORM, move |name, typed| completed(&of_fields, name, typed));
    let Some(entry) = live.and_then(|live| Entry::new(live, reader)).map(Rc::new) else {
        return;
    };
    // What the browser restored, or was typed before the island woke, counts too.
    entry.add_up();
    on(&entry, "input", Entry::typed);
    // An account written out from its beginning may be one whose amounts are due.
    on(&entry, "change", |entry, _| entry.add_up());
    on(&entry, "paste", |entry, event| entry.pasted(event.unchecked_ref()));
    on(&entry, "click", Entry::clicked);
    on(&entry, "keydown", |_, event| post_with_enter(event.unchecked_ref()));
}

fn on(entry: &Rc<Entry>, name: &str, run: fn(&Entry, &Event)) {
    let of_listener = Rc::clone(entry);
    listen(&entry.live.element, name, move |event| run(&of_listener, &event));
}

impl Entry {
    fn new(live: Rc<LiveForm>, reader: Rc<EntryReader>) -> Option<Self> {
        let lines = Rows::of(&live.element, LINE_COUNT, action::ADD_LINES, MAX_LINES)?;
        Some(Self { live, lines, reader })
    }

    fn add_up(&self) {
        let (pairs, currency) = (self.live.pairs(), self.reader.currency);
        let totals = Totals::of(borrowed(&pairs), currency);
        self.say("debit", &format_amount(totals.debit, currency));
        self.say("credit", &format_amount(totals.credit, currency));
        self.say("preview", &preview_words(&self.reader, &pairs));
        let (class, words) = balance(totals, currency);
        if let Some(balance) = self.say("balance", &words) {
            balance.set_class_name(class);
        }
        if self.reader.layout.has_due_below_name() {
            self.ask_when_due(&self.reader.due_lines(borrowed(&pairs)));
        }
    }

    /// Shows the field for the day on these lines, and on no other.
    fn ask_when_due(&self, lines: &BTreeSet<usize>) {
        for (index, row) in self.lines.drawn() {
            let class = due_class(lines.contains(&index));
            if let Some(due) = find(&row, ".line-due").filter(|due| due.class_name() != class) {
                due.set_class_name(class);
            }
        }
    }

    /// Writes what follows from the fields into its place, where the layout has that.
    fn say(&self, live: &str, words: &str) -> Option<web_sys::HtmlElement> {
        let place = find(&self.live.element, &format!("[data-live={live}]"))?;
        say(&place, words);
        Some(place)
    }

    fn typed(&self, event: &Event) {
        self.add_up();
        let typed_in = self.live.typed(event, LINES).and_then(|name| LineField::parse(&name));
        if typed_in.is_some_and(|(index, _)| self.lines.indices().last() == Some(&index)) {
            self.lines.add(1);
        }
    }

    fn pasted(&self, event: &ClipboardEvent) {
        if let Some((at, text)) = rows_at_line(event) {
            event.prevent_default();
            if let Err(message) = self.fill(Some(at), &text) {
                self.live.refuse(LINES, message);
            }
        }
    }

    /// What a button does that would have the server draw the form again.
    fn clicked(&self, event: &Event) {
        let Some(button) = target_in(event, "button") else {
            return;
        };
        match button.get_attribute("value").as_deref() {
            Some(action::ADD_LINES) => self.lines.add(MORE_LINES),
            Some(action::COPY_DOWN) => self.live.put(&copied_down(borrowed(&self.live.pairs()))),
            Some(action::PASTE) => self.add_pasted(),
            _ => return,
        }
        event.prevent_default();
    }

    fn add_pasted(&self) {
        let pairs = self.live.pairs();
        let text = borrowed(&pairs).find(|(name, _)| *name == PASTED).map(|(_, text)| text);
        match self.fill(None, text.unwrap_or_default()) {
            Ok(()) => self.live.put(&[(PASTED.to_owned(), String::new())]),
            Err(message) => self.live.refuse(PASTED, message),
        }
    }

    /// What cannot be read of the rows gets its message where it stands, as if it had been typed.
    fn fill(&self, at: Option<(usize, LineField)>, text: &str) -> Result<(), String> {
        let pairs = self.live.pairs();
        let drawn = self.lines.indices();
        let Filled { lines, fields } = filled(borrowed(&pairs), self.reader.layout, &drawn, at, text)?;
        self.lines.draw(&lines);
        self.lines.add(1);
        self.live.fill(&fields);
        self.add_up();
        Ok(())
    }
}

fn borrowed(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

/// When a template would be due, as its fields stand; nothing while they cannot be read.
fn preview_words(reader: &EntryReader, pairs: &[(String, String)]) -> String {
    if reader.layout != Layout::Template {
        return String::new();
    }
    let value = |name: &str| {
        borrowed(pairs)
            .find(|(of, _)| *of == name)
            .map_or("", |(_, value)| value)
    };
    match read_schedule(value, reader.today) {
        Ok(Some(schedule)) => Preview::of(schedule.days_after(None), reader.today).words(),
        Ok(None) => "Used by hand: nothing is due by itself.".to_owned(),
        Err(_) => String::new(),
    }
}
