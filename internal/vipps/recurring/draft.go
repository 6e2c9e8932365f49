package recurring

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// draftAgreement makes an agreement that waits for the user. --strict-api also refuses what
// Vipps documents as wrong and accepts all the same.
func (s *Service) draftAgreement(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	if !ok {
		return s.refuse(c, *invalidJSON())
	}
	if s.core.Strict() {
		if prob := strictDraft(root); prob != nil {
			return s.refuse(c, *prob)
		}
	}
	a, chargeID, prob := s.newAgreement(c, root)
	if prob != nil {
		return s.refuse(c, *prob)
	}
	return response.JSON(http.StatusCreated, struct {
		ID     string  `json:"agreementId"`
		UUID   string  `json:"uuid"`
		Link   string  `json:"vippsConfirmationUrl"`
		Charge *string `json:"chargeId"` // null without an initial charge
	}{a.id, a.uuid, a.link, chargeID})
}

// strictDraft holds what v3 documents and does not enforce: the form of the phone number, and
// fields that do not exist, which are often misspelt ones.
func strictDraft(root gjson.Result) *problem {
	if phone := root.Get("phoneNumber"); !input.Absent(phone) && !input.IsMSISDN(input.Text(phone)) {
		return invalidField("phoneNumber", "must be an MSISDN, with its country code")
	}
	var prob *problem
	root.ForEach(func(k, _ gjson.Result) bool {
		if !slices.Contains([]string{
			"campaign", "pricing", "phoneNumber", "initialCharge", "interval", "isApp", "merchantAgreementUrl",
			"merchantRedirectUrl", "productName", "productDescription", "scope", "skipLandingPage", "externalId", "countryCode",
		}, k.Str) {
			prob = invalidField(k.Str, "is unknown")
		}
		return prob == nil
	})
	return prob
}

// newAgreement makes an agreement of a body in v3's form, and its initial charge if there is
// one, whose id it returns. All checks come before anything is kept; the first problem is
// returned.
func (s *Service) newAgreement(c *core.Call, root gjson.Result) (*agreement, *string, *problem) {
	for _, check := range []func(gjson.Result) *problem{
		checkTexts, checkPricing, checkInterval, checkInitial, checkCampaign,
	} {
		if prob := check(root); prob != nil {
			return nil, nil, prob
		}
	}
	// Vipps' rule for Recurring; the simulator has a test user who is a minor.
	if s.core.IsMinor(input.Text(root.Get("phoneNumber"))) {
		return nil, nil, ruleProblem("operation-failed", "The user must be at least 18 years old")
	}
	a := &agreement{
		id: "agr_" + s.core.ShortID(), uuid: s.core.GUID(), status: pending, created: c.Now,
		name: input.Text(root.Get("productName")), description: input.Text(root.Get("productDescription")),
		manageURL: input.Text(root.Get("merchantAgreementUrl")), redirectURL: input.Text(root.Get("merchantRedirectUrl")),
		unit: input.Text(root.Get("interval.unit")), pricing: pricingType(root), currency: input.Text(root.Get("pricing.currency")), scope: input.Text(root.Get("scope")),
		external: input.Text(root.Get("externalId")), campaign: json.RawMessage("null"), // written as null by agreementBody when there is no campaign
	}
	a.count, _ = input.Integer(root.Get("interval.count"))
	a.price, _ = input.Integer(root.Get("pricing.amount"))
	a.suggested, _ = input.Integer(root.Get("pricing.suggestedMaxAmount"))
	if v := root.Get("campaign"); !input.Absent(v) {
		a.campaign = json.RawMessage(v.Raw)
	}
	var chargeID *string
	if v := root.Get("initialCharge"); !input.Absent(v) {
		ch, prob := s.newCharge(c, a, v)
		if prob != nil {
			return nil, nil, prob
		}
		ch.kind, chargeID = "INITIAL", &ch.id
	}
	// Only now, with its charge accepted, does the agreement become known.
	s.propose(c, a)
	return a, chargeID, nil
}

// pricingType is LEGACY when the body does not say, which was the only type once.
func pricingType(root gjson.Result) string {
	if v := input.Text(root.Get("pricing.type")); v != "" {
		return v
	}
	return "LEGACY"
}

// checkLength wants text of lo to hi characters (not bytes). Absent fields and null count as
// empty.
func checkLength(field string, v gjson.Result, lo, hi int) *problem {
	switch n := len([]rune(input.Text(v))); {
	case n == 0 && lo > 0:
		return invalidField(field, "must not be empty")
	case n > hi:
		return invalidField(field, "can have at most "+strconv.Itoa(hi)+" characters")
	}
	return nil
}

// checkManageURL looks at the page on which the user manages the agreement at the merchant.
func checkManageURL(v gjson.Result) *problem {
	if !input.IsPublicURL(input.Text(v), "https") {
		return invalidField("merchantAgreementUrl", "must be an https URL")
	}
	return nil
}

// checkTexts looks at names, URLs and the phone number. v3 wants MSISDN, but the official
// collection sends 8 digits, which Vipps reads as Norwegian.
func checkTexts(root gjson.Result) *problem {
	phone := root.Get("phoneNumber")
	if prob := checkLength("productName", root.Get("productName"), 1, 45); prob != nil {
		return prob
	}
	if prob := checkLength("productDescription", root.Get("productDescription"), 0, 100); prob != nil {
		return prob
	}
	switch redirect := input.Text(root.Get("merchantRedirectUrl")); {
	case !input.IsReturnURL(redirect) || len(redirect) > 1024: // a deep link opens the merchant's app, such as "myapp://done"
		return invalidField("merchantRedirectUrl", "must be an https URL or a deep link")
	case !input.Absent(phone) && !input.IsDigits(input.Text(phone), 8, 8) && !input.IsMSISDN(input.Text(phone)):
		return invalidField("phoneNumber", "must be an MSISDN")
	}
	return checkManageURL(root.Get("merchantAgreementUrl"))
}

// checkPricing checks amounts in øre or cents. The least amount depends on the currency.
// FLEXIBLE has no amount to check.
func checkPricing(root gjson.Result) *problem {
	p := root.Get("pricing")
	amount, whole := input.Integer(p.Get("amount"))
	limit, isLimit := input.Integer(p.Get("suggestedMaxAmount"))
	currency := input.Text(p.Get("currency"))
	switch kind := pricingType(root); {
	case !p.IsObject():
		return invalidField("pricing", "must not be null")
	case !slices.Contains([]string{"NOK", "DKK", "EUR"}, currency):
		return invalidField("pricing.currency", "must be NOK, DKK or EUR")
	case kind != "LEGACY" && kind != "VARIABLE" && kind != "FLEXIBLE":
		return invalidField("pricing.type", "must be LEGACY, VARIABLE or FLEXIBLE")
	case kind == "LEGACY" && (!whole || amount < least(currency)):
		return invalidField("pricing.amount", leastText(currency))
	case kind == "VARIABLE" && (!isLimit || limit < 100 || limit > 2_000_000):
		return ruleProblem("invalid-suggested-max-amount", "suggestedMaxAmount must lie between 100 and 2000000")
	}
	return nil
}

// least is the smallest amount of a currency in minor units: one krone in Norway, one øre or
// cent elsewhere.
func least(currency string) int64 {
	if currency == "NOK" {
		return 100
	}
	return 1
}

// leastText says the rule of least, to follow the name of a field.
func leastText(currency string) string {
	return "must be a whole number of at least " + strconv.FormatInt(least(currency), 10)
}

// checkInterval wants an interval, except where the amounts and days vary anyway. Then it may
// be given, and must be right.
func checkInterval(root gjson.Result) *problem {
	if pricingType(root) == "FLEXIBLE" && input.Absent(root.Get("interval")) {
		return nil
	}
	return checkPeriod("interval", root.Get("interval"))
}

// checkPeriod reads a unit and a count, which may come as a string. 31 is Vipps' limit for
// every unit.
func checkPeriod(field string, v gjson.Result) *problem {
	count, whole := input.Integer(v.Get("count"))
	switch {
	case !slices.Contains([]string{"YEAR", "MONTH", "WEEK", "DAY"}, input.Text(v.Get("unit"))):
		return invalidField(field+".unit", "must be YEAR, MONTH, WEEK or DAY")
	case !whole || count < 1 || count > 31:
		return invalidField(field+".count", "must lie between 1 and 31")
	}
	return nil
}

// checkInitial looks at the charge that is paid on acceptance, when there is one.
func checkInitial(root gjson.Result) *problem {
	if v := root.Get("initialCharge"); !input.Absent(v) {
		return checkCharge("initialCharge.", v, input.Text(root.Get("pricing.currency")))
	}
	return nil
}

// checkCampaign asks for the fields that each type of campaign requires. A price of 0 is
// allowed: a free month.
func checkCampaign(root gjson.Result) *problem {
	v := root.Get("campaign")
	if input.Absent(v) {
		return nil
	}
	// The required fields of each type, separated by spaces, in the order in which they are
	// reported.
	needs := map[string]string{
		"PRICE_CAMPAIGN":     "end",
		"PERIOD_CAMPAIGN":    "period",
		"EVENT_CAMPAIGN":     "eventDate eventText",
		"FULL_FLEX_CAMPAIGN": "end interval",
	}
	fields, known := needs[input.Text(v.Get("type"))]
	if !known {
		return invalidField("campaign.type", "must be one of the four types")
	}
	for field := range strings.FieldsSeq(fields) {
		inner := v.Get(field)
		if input.Absent(inner) {
			return invalidField("campaign."+field, "must not be null")
		}
		if field == "period" || field == "interval" {
			if prob := checkPeriod("campaign."+field, inner); prob != nil {
				return prob
			}
		}
	}
	if price, whole := input.Integer(v.Get("price")); !whole || price < 0 {
		return invalidField("campaign.price", "must be a whole number")
	}
	return nil
}

// intervalText is Vipps' wording: "every month", "every 2 weeks".
func intervalText(unit string, count int64) string {
	unit = strings.ToLower(unit)
	if count == 1 {
		return "every " + unit
	}
	return "every " + strconv.FormatInt(count, 10) + " " + unit + "s"
}
