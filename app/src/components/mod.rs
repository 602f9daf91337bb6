//! The pieces that pages are made of. Each writes HTML alone: no state, no script, no style of its own.

pub mod charts;
mod choice;
mod confirm;
mod field;
mod form;
mod money;
mod panel;
mod table;
mod textarea;

pub use choice::ChoiceList;
pub use confirm::Confirm;
pub(crate) use field::Control;
pub use field::{AmountInput, CheckBox, DateInput, Field, FormContext, Select, SelectOption, TextInput};
pub use form::{ErrorSummary, Form, SubmitButton};
pub(crate) use form::{HiddenFields, ReturnedNotice};
pub use money::Money;
pub use panel::{EmptyState, Notice, Panel, Tag, Tone};
pub use table::{ColumnHead, DataTable, Pagination};
pub use textarea::TextArea;
