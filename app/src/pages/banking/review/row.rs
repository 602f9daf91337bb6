//! One line of the bank, and what can be done about it.

use ledger::dates::format_date;
use ledger::money::{Currency, format_amount};
use leptos::context::Provider;
use leptos::prelude::*;
use time::Date;

use super::CATEGORIES;
use super::list::SELECTION;
use crate::components::{Control, FormContext, HiddenFields, SelectCell, SelectError, Tag, Tone};
use crate::forms::{ACTION, FormState};
use crate::pages::banking::short_date;
use crate::view::banking::review::{
    Candidate, LINE, NEXT, POSTING, ReviewLine, Standing, action, category_field, row_id,
};

/// Where a row's forms and links lead.
#[derive(Clone)]
struct Places {
    /// The list, and in it this row: where a form is posted.
    post: String,
    split: String,
    documents: String,
}

/// How a row's box stands.
#[derive(Clone)]
pub struct Selecting {
    /// What the box sends; none where nothing can be done with the line.
    pub value: Option<String>,
    /// Whether it is checked.
    pub is_selected: bool,
    /// Why what was to be done with the line was refused.
    pub error: Option<String>,
}

/// A row. It can have the focus, from which keys move on.
#[component]
pub fn Row(
    line: ReviewLine,
    /// The list's own address.
    list: String,
    /// Where lines are split, without the line.
    split_base: String,
    /// Where documents are, without the document.
    documents: String,
    /// How its box stands, where the person may select.
    #[prop(optional_no_strip)]
    selecting: Option<Selecting>,
    may_code: bool,
    today: Date,
    currency: Currency,
) -> impl IntoView {
    let id = row_id(line.id);
    let row = line.id;
    let message = selecting.as_ref().and_then(|selecting| selecting.error.clone());
    let message = message.map(|message| view! { <SelectError id=row message /> });
    let select = selecting.map(|selecting| {
        let label = format!("Select {} of {}", line.words(), format_date(line.posted_on));
        let (value, is_selected, is_refused) = (selecting.value, selecting.is_selected, selecting.error.is_some());
        view! { <SelectCell id=row value label is_selected is_refused form=SELECTION /> }
    });
    let places = Places {
        post: format!("{list}#{id}"),
        split: format!("{split_base}/{}/split", line.id),
        documents,
    };
    let words = line.words().to_owned();
    let memo = (!line.memo.is_empty() && line.memo != words).then(|| line.memo.clone());
    let check = line.check_number.as_ref().map(|number| format!("Check {number}"));
    let more: Vec<String> = memo.into_iter().chain(check).collect();
    let (out, into) = match line.amount {
        Some(amount) if amount < 0 => (Some(format_amount(amount.saturating_neg(), currency)), None),
        Some(amount) => (None, Some(format_amount(amount, currency))),
        None => (Some(line.amount_text.clone()), None),
    };
    // An amount in doubt stands as the bank wrote it, with whatever sign it has.
    let is_out = line.amount.is_some_and(|amount| amount < 0);
    let (line_id, day) = (line.id.to_string(), short_date(line.posted_on, today));
    let standing = standing(&line, &places, may_code);
    view! {
        <tr id=id data-line=line_id tabindex="-1">
            {select}
            <td class="when">{day}</td>
            <td class="what">
                {words}
                {(!more.is_empty()).then(|| view! { <span class="sub">{more.join(" · ")}</span> })}
            </td>
            <td class=if is_out { "how-much num money-out" } else { "how-much num" }>{out}</td>
            <td class="how-much num money-in">{into}</td>
            <td class="why">{message} {standing}</td>
        </tr>
    }
    .into_any()
}

fn standing(line: &ReviewLine, places: &Places, may_code: bool) -> AnyView {
    match line.standing.clone() {
        Standing::New(_) if !may_code => view! { <span class="muted">"To be reviewed"</span> }.into_any(),
        Standing::New(candidates) if candidates.is_empty() => coding(line, places),
        Standing::New(candidates) => matching(line, candidates, places),
        Standing::Doubtful(reason) => doubtful(line, reason, places, may_code),
        Standing::Accepted {
            document_id,
            kind,
            accounts,
        } => {
            let href = format!("{}/{document_id}", places.documents);
            let text = view! {
                <a href=href>{accounts}</a>
                <span class="sub"><Tag tone=Tone::Good text=kind.to_lowercase() /></span>
            };
            let button = may_code.then(|| one_button(line, places, action::UNDO, "Undo"));
            view! { <div class="offer"><div>{text}</div> {button}</div> }.into_any()
        }
        Standing::Excluded => {
            let button = may_code.then(|| one_button(line, places, action::UNDO, "Put back"));
            view! { <div class="offer"><div class="muted">"Left out of the books"</div> {button}</div> }.into_any()
        }
        Standing::Withdrawn => view! { <span class="muted">"Its import was undone"</span> }.into_any(),
    }
}

/// What every form of a row sends: its key, the line, and the line to return to.
fn hidden(form: &FormState, line: &ReviewLine) -> impl IntoView + use<> {
    let next = form.value(NEXT).to_owned();
    view! {
        <HiddenFields state=form.clone() />
        <input type="hidden" name=LINE value=line.id.to_string() />
        {(!next.is_empty()).then(|| view! { <input type="hidden" name=NEXT value=next /> })}
    }
}

/// The name of the row after a button's word, for those who hear it.
fn of(line: &ReviewLine) -> impl IntoView + use<> {
    view! { <span class="sr">{format!(": {}", line.words())}</span> }
}

fn one_button(line: &ReviewLine, places: &Places, action: &'static str, text: &'static str) -> impl IntoView + use<> {
    view! {
        <form method="post" action=places.post.clone()>
            {hidden(&line.form, line)}
            <button class="btn sm" name=ACTION value=action>
                {text} {of(line)}
            </button>
        </form>
    }
}

/// The category field with what can be done instead.
fn coding(line: &ReviewLine, places: &Places) -> AnyView {
    let form = line.form.clone();
    let (post, split) = (places.post.clone(), places.split.clone());
    let (line_id, words) = (line.id, line.words().to_owned());
    view! {
        <form class="coding" method="post" action=post novalidate>
            {hidden(&form, line)}
            <Provider value=FormContext::fixed(form)>
                <CategoryInput line_id words />
            </Provider>
            <div class="choices">
                <button class="btn sm" name=ACTION value=action::ADD data-key="Enter">
                    "Add" {of(line)}
                </button>
                <a class="btn sm quiet" href=split data-key="s">
                    "Split" {of(line)}
                </a>
                <button class="btn sm quiet" name=ACTION value=action::EXCLUDE>
                    "Exclude" {of(line)}
                </button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn CategoryInput(line_id: i64, words: String) -> impl IntoView {
    let name = category_field(line_id);
    let control = Control::new(&name, false);
    view! {
        <div class="field">
            <label class="sr" for=control.id()>
                {format!("Category of {words}, or an own account for a transfer")}
            </label>
            <input
                id=control.id()
                name=name
                value=control.value()
                list=CATEGORIES
                placeholder="Category or transfer"
                maxlength="200"
                autocomplete="off"
                data-key="c"
                aria-invalid=control.invalid()
                aria-describedby=control.described_by()
            />
            {control.message()}
        </div>
    }
    .into_any()
}

/// What in the books the line may be already, and under it everything else it may be.
fn matching(line: &ReviewLine, candidates: Vec<Candidate>, places: &Places) -> AnyView {
    let is_refused = line.form.is_refused();
    let offers = candidates
        .into_iter()
        .map(|candidate| {
            let href = format!("{}/{}", places.documents, candidate.document_id);
            view! {
                <div class="offer">
                    <div>
                        {candidate.reason}
                        <span class="sub">
                            <Tag tone=Tone::Good text="match" />
                            " "
                            <a href=href>{format!("Look at the {}", candidate.kind.to_lowercase())}</a>
                        </span>
                    </div>
                    <form method="post" action=places.post.clone()>
                        {hidden(&line.form, line)}
                        <input type="hidden" name=POSTING value=candidate.posting_id.to_string() />
                        <button class="btn sm" name=ACTION value=action::MATCH data-key="Enter">
                            "Match" {of(line)}
                        </button>
                    </form>
                </div>
            }
        })
        .collect_view();
    view! {
        {offers}
        <details class="disclosure other" open=is_refused>
            <summary class="small">"Something else" <span class="sr">{format!(": {}", line.words())}</span></summary>
            <div class="body">{coding(line, places)}</div>
        </details>
    }
    .into_any()
}

fn doubtful(line: &ReviewLine, reason: String, places: &Places, may_code: bool) -> AnyView {
    let button = may_code.then(|| one_button(line, places, action::EXCLUDE, "Exclude"));
    view! {
        <div class="offer">
            <div>
                {reason}
                <span class="sub">
                    <Tag tone=Tone::Warn text="in doubt" /> " It cannot be taken as it is: exclude it and enter what it stands for by hand."
                </span>
            </div>
            {button}
        </div>
    }
    .into_any()
}
