//! The chart of accounts a company starts with: a service business with some retail. It is a
//! start; everything but the system accounts may be changed.

use StarterAccount as A;

use crate::accounts::AccountType::{self, *};
use crate::accounts::{AccountRole, EntityType};

/// One account of the starter chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StarterAccount {
    /// Its number, unique in the chart.
    pub number: &'static str,
    /// Its name, unique in the chart.
    pub name: &'static str,
    /// Its type.
    pub account_type: AccountType,
    /// QuickBooks' detail type, as its exports spell it.
    pub detail_type: &'static str,
    /// What the program posts to it for, if it is a system account.
    pub role: Option<AccountRole>,
    /// The line of Schedule C (Form 1040, 2024) it usually goes to, as a hint: only for a sole
    /// proprietor and an LLC, which files it when it has one member.
    pub tax_line: Option<&'static str>,
    /// Whether it may be posted to from the start.
    pub active: bool,
}

impl StarterAccount {
    const fn new(
        number: &'static str,
        name: &'static str,
        account_type: AccountType,
        detail_type: &'static str,
    ) -> Self {
        Self {
            number,
            name,
            account_type,
            detail_type,
            role: None,
            tax_line: None,
            active: true,
        }
    }

    const fn role(self, role: AccountRole) -> Self {
        Self {
            role: Some(role),
            ..self
        }
    }

    const fn line(self, tax_line: &'static str) -> Self {
        Self {
            tax_line: Some(tax_line),
            ..self
        }
    }

    const fn inactive(self) -> Self {
        Self { active: false, ..self }
    }
}

/// The chart a company of that legal form starts with, in the order of its numbers.
pub fn starter_chart(entity_type: EntityType) -> Vec<StarterAccount> {
    let mut chart = [
        BALANCE_SHEET_ACCOUNTS,
        owners_accounts(entity_type),
        &[retained_earnings(entity_type)],
        PROFIT_AND_LOSS_ACCOUNTS,
    ]
    .concat();
    if !matches!(entity_type, EntityType::SoleProprietor | EntityType::Llc) {
        for account in &mut chart {
            account.tax_line = None;
        }
    }
    chart
}

#[rustfmt::skip]
const BALANCE_SHEET_ACCOUNTS: &[StarterAccount] = &[
    A::new("1000", "Business Checking", Bank, "Checking"),
    A::new("1010", "Business Savings", Bank, "Savings"),
    A::new("1050", "Cash on Hand", Bank, "CashOnHand"),
    A::new("1090", "Undeposited Funds", OtherCurrentAsset, "UndepositedFunds").role(AccountRole::UndepositedFunds),
    A::new("1095", "Stripe Clearing", OtherCurrentAsset, "OtherCurrentAssets").role(AccountRole::StripeClearing),
    A::new("1100", "Accounts Receivable", AccountsReceivable, "AccountsReceivable").role(AccountRole::AccountsReceivable),
    A::new("1200", "Inventory", OtherCurrentAsset, "Inventory").inactive(),
    A::new("1300", "Prepaid Expenses", OtherCurrentAsset, "PrepaidExpenses"),
    A::new("1390", "Uncategorized Asset", OtherCurrentAsset, "OtherCurrentAssets").role(AccountRole::UncategorizedAsset),
    A::new("1500", "Furniture and Equipment", FixedAsset, "MachineryAndEquipment"),
    A::new("1510", "Vehicles", FixedAsset, "Vehicles"),
    A::new("1590", "Accumulated Depreciation", FixedAsset, "AccumulatedDepreciation"),
    A::new("1800", "Security Deposits", OtherAsset, "SecurityDeposits"),
    A::new("2000", "Accounts Payable", AccountsPayable, "AccountsPayable").role(AccountRole::AccountsPayable),
    A::new("2100", "Credit Card", CreditCard, "CreditCard"),
    A::new("2200", "Sales Tax Payable", OtherCurrentLiability, "SalesTaxPayable").role(AccountRole::SalesTaxPayable),
    A::new("2300", "Payroll Liabilities", OtherCurrentLiability, "PayrollTaxPayable"),
    A::new("2400", "Customer Deposits", OtherCurrentLiability, "OtherCurrentLiabilities").role(AccountRole::CustomerDeposits),
    A::new("2500", "Line of Credit", OtherCurrentLiability, "LineOfCredit"),
    A::new("2700", "Notes Payable", LongTermLiability, "NotesPayable"),
    A::new("3000", "Opening Balance Equity", Equity, "OpeningBalanceEquity").role(AccountRole::OpeningBalanceEquity),
];

#[rustfmt::skip]
const PROFIT_AND_LOSS_ACCOUNTS: &[StarterAccount] = &[
    A::new("4000", "Sales of Services", Income, "ServiceFeeIncome").line("1"),
    A::new("4010", "Sales of Products", Income, "SalesOfProductIncome").line("1"),
    A::new("4090", "Discounts and Refunds Given", Income, "DiscountsRefundsGiven").line("2"),
    A::new("4900", "Uncategorized Income", Income, "OtherPrimaryIncome").role(AccountRole::UncategorizedIncome),
    A::new("4990", "Unapplied Cash Payment Income", Income, "UnappliedCashPaymentIncome").role(AccountRole::UnappliedCashPaymentIncome),
    A::new("5000", "Cost of Goods Sold", CostOfGoodsSold, "SuppliesMaterialsCogs").line("Part III"),
    A::new("5100", "Subcontractors", CostOfGoodsSold, "CostOfLaborCos").line("11"),
    A::new("6000", "Advertising", Expense, "AdvertisingPromotional").line("8"),
    A::new("6020", "Car and Truck", Expense, "Auto").line("9"),
    A::new("6040", "Commissions and Fees", Expense, "CommissionsAndFees").line("10"),
    A::new("6050", "Merchant Processing Fees", Expense, "BankCharges").role(AccountRole::MerchantFees).line("10 or other"),
    A::new("6060", "Bank Charges", Expense, "BankCharges").line("other"),
    A::new("6100", "Insurance", Expense, "Insurance").line("15"),
    A::new("6120", "Interest", Expense, "InterestPaid").line("16b"),
    A::new("6140", "Legal and Professional", Expense, "LegalProfessionalFees").line("17"),
    A::new("6160", "Office and Software", Expense, "OfficeGeneralAdministrativeExpenses").line("18"),
    A::new("6200", "Rent", Expense, "RentOrLeaseOfBuildings").line("20b"),
    A::new("6220", "Repairs and Maintenance", Expense, "RepairMaintenance").line("21"),
    A::new("6240", "Supplies", Expense, "SuppliesMaterials").line("22"),
    A::new("6260", "Taxes and Licenses", Expense, "TaxesPaid").line("23"),
    A::new("6280", "Travel", Expense, "Travel").line("24a"),
    A::new("6290", "Meals", Expense, "TravelMeals").line("24b"),
    A::new("6300", "Utilities", Expense, "Utilities").line("25"),
    A::new("6400", "Wages", Expense, "PayrollExpenses").line("26"),
    A::new("6500", "Bad Debts", Expense, "BadDebts").line("other"),
    A::new("6900", "Uncategorized Expense", Expense, "OtherBusinessExpenses").role(AccountRole::UncategorizedExpense),
    A::new("6990", "Unapplied Cash Bill Payment Expense", Expense, "UnappliedCashBillPaymentExpense").role(AccountRole::UnappliedCashBillPaymentExpense),
    A::new("7000", "Interest Income", OtherIncome, "InterestEarned"),
    A::new("8000", "Depreciation", OtherExpense, "Depreciation").line("13"),
    A::new("8100", "Penalties", OtherExpense, "PenaltiesSettlements").line("non-deductible"),
    A::new("8900", "Reconciliation Discrepancies", OtherExpense, "OtherMiscellaneousExpense").role(AccountRole::ReconciliationDiscrepancies),
];

#[rustfmt::skip]
const fn owners_accounts(entity_type: EntityType) -> &'static [StarterAccount] {
    match entity_type {
        EntityType::SoleProprietor => const { &[
            A::new("3100", "Owner Contributions", Equity, "OwnersEquity"),
            A::new("3200", "Owner Draws", Equity, "OwnersEquity"),
        ] },
        EntityType::Llc => const { &[
            A::new("3100", "Member Contributions", Equity, "PartnerContributions"),
            A::new("3200", "Member Draws", Equity, "PartnerDistributions"),
        ] },
        EntityType::Partnership => const { &[
            A::new("3100", "Partner Contributions", Equity, "PartnerContributions"),
            A::new("3200", "Partner Distributions", Equity, "PartnerDistributions"),
        ] },
        EntityType::SCorp => const { &[
            A::new("3100", "Common Stock", Equity, "CommonStock"),
            A::new("3150", "Additional Paid-in Capital", Equity, "PaidInCapitalOrSurplus"),
            A::new("3200", "Shareholder Distributions", Equity, "OwnersEquity"),
        ] },
        EntityType::CCorp => const { &[
            A::new("3100", "Common Stock", Equity, "CommonStock"),
            A::new("3150", "Additional Paid-in Capital", Equity, "PaidInCapitalOrSurplus"),
            A::new("3200", "Dividends", Equity, "OwnersEquity"),
        ] },
        EntityType::Nonprofit => &[],
    }
}

const fn retained_earnings(entity_type: EntityType) -> StarterAccount {
    let name = match entity_type {
        EntityType::Nonprofit => "Net Assets",
        _ => "Retained Earnings",
    };
    A::new("3900", name, Equity, "RetainedEarnings").role(AccountRole::RetainedEarnings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_chart_has_each_role_once_and_no_number_or_name_twice() {
        for entity_type in EntityType::ALL {
            let chart = starter_chart(entity_type);
            for role in AccountRole::ALL {
                let holders = chart.iter().filter(|account| account.role == Some(role));
                assert_eq!(holders.count(), 1, "{role:?} for {entity_type:?}");
            }
            let numbers: HashSet<_> = chart.iter().map(|account| account.number).collect();
            let names: HashSet<_> = chart.iter().map(|account| account.name).collect();
            assert_eq!(numbers.len(), chart.len(), "{entity_type:?}");
            assert_eq!(names.len(), chart.len(), "{entity_type:?}");
            assert!(chart.is_sorted_by_key(|account| account.number));
        }
    }

    #[test]
    fn the_equity_accounts_carry_the_names_of_the_legal_form() {
        let equity = |entity_type| -> Vec<&str> {
            starter_chart(entity_type)
                .iter()
                .filter(|account| account.account_type == Equity)
                .map(|account| account.name)
                .collect()
        };
        assert_eq!(
            equity(EntityType::SoleProprietor),
            [
                "Opening Balance Equity",
                "Owner Contributions",
                "Owner Draws",
                "Retained Earnings"
            ]
        );
        assert_eq!(
            equity(EntityType::CCorp),
            [
                "Opening Balance Equity",
                "Common Stock",
                "Additional Paid-in Capital",
                "Dividends",
                "Retained Earnings"
            ]
        );
        assert_eq!(equity(EntityType::Nonprofit), ["Opening Balance Equity", "Net Assets"]);
    }

    #[test]
    fn schedule_c_is_hinted_at_only_where_it_is_filed() {
        for entity_type in EntityType::ALL {
            let hinted = starter_chart(entity_type)
                .iter()
                .any(|account| account.tax_line.is_some());
            let files_schedule_c = matches!(entity_type, EntityType::SoleProprietor | EntityType::Llc);
            assert_eq!(hinted, files_schedule_c, "{entity_type:?}");
        }
    }

    #[test]
    fn only_inventory_starts_inactive() {
        for entity_type in EntityType::ALL {
            let chart = starter_chart(entity_type);
            let inactive: Vec<_> = chart.iter().filter(|account| !account.active).collect();
            assert!(matches!(inactive[..], [account] if account.name == "Inventory"));
        }
    }
}
