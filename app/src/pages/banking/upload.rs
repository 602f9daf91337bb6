//! Choosing a statement file.

use leptos::prelude::*;

use crate::components::{FileInput, Form, SubmitButton};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::banking::banking_path;
use crate::view::banking::import::{FILE, UploadView};
use crate::view::frame::FrameView;

/// The upload form. Nothing is imported by it: the preview comes next.
#[component]
pub fn UploadPage(frame: FrameView, view: UploadView) -> impl IntoView {
    let back = banking_path(&view.slug);
    let post_to = format!("{back}/import");
    view! {
        <Frame view=frame>
            <PageHead
                title="Import a statement"
                explain=help::pages::BANKING
                line="First you see what the file would bring. Nothing is in the books before you say so."
            />
            <div class="narrow stack">
                <Form state=view.form upload=true post_to>
                    <FileInput
                        name=FILE
                        label="Statement file"
                        accept=".ofx,.qfx,.qbo"
                        hint="OFX, QFX or QBO, at most 20 MB or 100,000 lines. CSV and PDF are not taken yet."
                    />
                    <div class="actions">
                        <SubmitButton action="upload" class="primary">
                            "Look at the file"
                        </SubmitButton>
                        <a class="btn quiet" href=back>"Cancel"</a>
                    </div>
                </Form>
                <div class="small muted stack tight">
                    <p>
                        "Where to find it: on the bank’s website, under statements or activity, “Download” or “Export”, as Quicken, \
                        QuickBooks, QFX, QBO or OFX. Most banks that offer CSV offer one of these in the same list."
                    </p>
                    <p>"A file that overlaps an earlier one is fine: lines that are there are recognized and not added again."</p>
                </div>
            </div>
        </Frame>
    }
}
