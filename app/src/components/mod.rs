//! The pieces that pages are made of. Each writes HTML alone: no state, no script, no style of its own.

pub mod charts;
mod choice;
mod confirm;
mod explain;
mod field;
mod file_input;
mod fold;
mod form;
mod keys_dialog;
mod list_keys;
mod message;
mod money;
mod panel;
mod search_dialog;
mod table;
mod textarea;

pub use choice::ChoiceList;
pub use confirm::Confirm;
pub use explain::{Explain, HelpAddress, Prose, TopicText};
pub(crate) use field::Control;
pub use field::{AmountInput, CheckBox, DateInput, Field, FormContext, Select, SelectOption, TextInput};
pub use file_input::FileInput;
pub use fold::{Caret, FilterFold, FoldHead};
pub use form::{CarriedFields, ErrorSummary, Form, SubmitButton};
pub(crate) use form::{HiddenFields, ReturnedNotice, summary_heading};
pub use keys_dialog::{KeyGroup, PageKeys};
pub use list_keys::ListKeys;
pub use message::Places;
pub(crate) use message::{Piece, remedy};
pub use money::Money;
pub use panel::{EmptyState, Notice, Panel, Tag, Tone};
pub(crate) use search_dialog::nothing_found;
pub use search_dialog::{SearchField, SearchResults};
pub use table::{ColumnHead, DataTable, ListPages, Pagination, SelectCell, SelectError, SortColumn};
pub use textarea::TextArea;
