//! The settlements that a customer's or vendor's page lists.

use books::locks::lock_set;
use books::settlements::{settlement_apply, settlement_list, settlement_undo};
use time::macros::date;

use crate::fixture::{company, contact, key};
use crate::settlements::{PAID, sale_and_payment};

#[test]
fn a_settlement_is_listed_with_both_its_sides_until_it_is_taken_back_and_one_of_locked_days_with_the_day_it_was() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (sale, payment) = sale_and_payment(&cx).await;
        let somebody = contact(&cx, "Ann's Rides").await;
        let id = settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &key())
            .await
            .expect("applied");
        let listed = settlement_list(&cx, somebody).await.expect("a list");
        assert_eq!(listed.len(), 1);
        assert_eq!(
            (listed[0].id, listed[0].amount, listed[0].applied_on),
            (id, 60_00, PAID)
        );
        assert_eq!(listed[0].taken_back_on, None);
        assert_eq!(listed[0].debit.number.as_deref(), Some("JE-1"));
        assert_eq!(listed[0].credit.number.as_deref(), Some("JE-2"));
        settlement_undo(&cx, id, PAID, &key()).await.expect("undone");
        assert!(settlement_list(&cx, somebody).await.expect("a list").is_empty());

        let again = settlement_apply(&cx, sale.id, payment.id, 60_00, PAID, &key())
            .await
            .expect("applied");
        lock_set(&cx, Some(PAID), "Quarter filed", &key())
            .await
            .expect("locked");
        settlement_undo(&cx, again, date!(2026 - 04 - 01), &key())
            .await
            .expect("undone on a later day");
        let listed = settlement_list(&cx, somebody).await.expect("a list");
        let [taken_back] = listed.as_slice() else {
            panic!("it counted until then: {listed:?}");
        };
        assert_eq!((taken_back.id, taken_back.amount), (again, 60_00));
        assert_eq!(taken_back.taken_back_on, Some(date!(2026 - 04 - 01)));
    });
}
