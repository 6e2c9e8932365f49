package vipps

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

func (s *Server) draftAgreement(c *call) reply {
	root, ok := object(c.body)
	if !ok {
		return s.hitchReply(c, *badJSON())
	}
	if s.strict {
		if h := strictDraft(root); h != nil {
			return s.hitchReply(c, *h)
		}
	}
	a, chargeID, h := s.newAgreement(c, root)
	if h != nil {
		return s.hitchReply(c, *h)
	}
	return jsonReply(http.StatusCreated, mimeJSON, struct {
		ID     string  `json:"agreementId"`
		UUID   string  `json:"uuid"`
		Link   string  `json:"vippsConfirmationUrl"`
		Charge *string `json:"chargeId"`
	}{a.id, a.uuid, a.link, chargeID})
}

// strictDraft holds what v3 documents and does not enforce.
func strictDraft(root gjson.Result) *hitch {
	if phone := root.Get("phoneNumber"); !absent(phone) && !isDigits(text(phone), 10, 15) {
		return faulty("phoneNumber", "must be an MSISDN, with its country code")
	}
	var h *hitch
	root.ForEach(func(k, _ gjson.Result) bool {
		if !slices.Contains([]string{
			"campaign", "pricing", "phoneNumber", "initialCharge", "interval", "isApp", "merchantAgreementUrl",
			"merchantRedirectUrl", "productName", "productDescription", "scope", "skipLandingPage", "externalId", "countryCode",
		}, k.Str) {
			h = faulty(k.Str, "is unknown")
		}
		return h == nil
	})
	return h
}

// newAgreement makes an agreement of a body in v3's form, and its initial charge
// if there is one, whose id it returns.
func (s *Server) newAgreement(c *call, root gjson.Result) (*agreement, *string, *hitch) {
	for _, check := range []func(gjson.Result) *hitch{
		checkTexts, checkPricing, checkInterval, checkInitial, checkCampaign,
	} {
		if h := check(root); h != nil {
			return nil, nil, h
		}
	}
	a := &agreement{
		id: "agr_" + s.shortID(), uuid: s.guid(), status: pending, created: c.now,
		name: text(root.Get("productName")), description: text(root.Get("productDescription")),
		manageURL: text(root.Get("merchantAgreementUrl")), redirectURL: text(root.Get("merchantRedirectUrl")),
		unit: text(root.Get("interval.unit")), pricing: pricingType(root), scope: text(root.Get("scope")),
		external: text(root.Get("externalId")), campaign: json.RawMessage("null"),
	}
	a.count, _ = integer(root.Get("interval.count"))
	a.price, _ = integer(root.Get("pricing.amount"))
	a.suggested, _ = integer(root.Get("pricing.suggestedMaxAmount"))
	if v := root.Get("campaign"); !absent(v) {
		a.campaign = json.RawMessage(v.Raw)
	}
	var chargeID *string
	if v := root.Get("initialCharge"); !absent(v) {
		ch, h := s.newCharge(c, a, v)
		if h != nil {
			return nil, nil, h
		}
		ch.kind, chargeID = "INITIAL", &ch.id
	}
	s.propose(c, a)
	return a, chargeID, nil
}

func pricingType(root gjson.Result) string {
	if v := text(root.Get("pricing.type")); v != "" {
		return v
	}
	return "LEGACY"
}

// checkLength wants text of lo to hi characters.
func checkLength(field string, v gjson.Result, lo, hi int) *hitch {
	switch n := len([]rune(text(v))); {
	case n == 0 && lo > 0:
		return faulty(field, "must not be empty")
	case n > hi:
		return faulty(field, "can have at most "+strconv.Itoa(hi)+" characters")
	}
	return nil
}

func checkManageURL(v gjson.Result) *hitch {
	if !isPublicURL(text(v), "https") {
		return faulty("merchantAgreementUrl", "must be an https URL")
	}
	return nil
}

// checkTexts looks at names, URLs and the phone number. v3 wants MSISDN, but the
// official collection sends 8 digits.
func checkTexts(root gjson.Result) *hitch {
	phone := root.Get("phoneNumber")
	if h := checkLength("productName", root.Get("productName"), 1, 45); h != nil {
		return h
	}
	if h := checkLength("productDescription", root.Get("productDescription"), 0, 100); h != nil {
		return h
	}
	switch redirect := text(root.Get("merchantRedirectUrl")); {
	case !isReturnURL(redirect) || len(redirect) > 1024:
		return faulty("merchantRedirectUrl", "must be an https URL or a deep link")
	case !absent(phone) && !isDigits(text(phone), 8, 8) && !isDigits(text(phone), 10, 15):
		return faulty("phoneNumber", "must be an MSISDN")
	}
	return checkManageURL(root.Get("merchantAgreementUrl"))
}

func checkPricing(root gjson.Result) *hitch {
	p := root.Get("pricing")
	amount, whole := integer(p.Get("amount"))
	limit, isLimit := integer(p.Get("suggestedMaxAmount"))
	switch kind := pricingType(root); {
	case !p.IsObject():
		return faulty("pricing", "must not be null")
	case text(p.Get("currency")) != "NOK":
		return faulty("pricing.currency", "must be NOK")
	case kind != "LEGACY" && kind != "VARIABLE":
		return faulty("pricing.type", "must be LEGACY or VARIABLE")
	case kind == "LEGACY" && (!whole || amount < 100):
		return faulty("pricing.amount", "must be a whole number of at least 100")
	case kind == "VARIABLE" && (!isLimit || limit < 100 || limit > 2_000_000):
		return refusal("invalid-suggested-max-amount", "suggestedMaxAmount must lie between 100 and 2000000")
	}
	return nil
}

func checkInterval(root gjson.Result) *hitch { return checkPeriod("interval", root.Get("interval")) }

// checkPeriod reads a unit and a count, which may come as a string.
func checkPeriod(field string, v gjson.Result) *hitch {
	count, whole := integer(v.Get("count"))
	switch {
	case !slices.Contains([]string{"YEAR", "MONTH", "WEEK", "DAY"}, text(v.Get("unit"))):
		return faulty(field+".unit", "must be YEAR, MONTH, WEEK or DAY")
	case !whole || count < 1 || count > 31:
		return faulty(field+".count", "must lie between 1 and 31")
	}
	return nil
}

func checkInitial(root gjson.Result) *hitch {
	if v := root.Get("initialCharge"); !absent(v) {
		return checkCharge("initialCharge.", v)
	}
	return nil
}

// checkCampaign asks for the fields that each type of campaign requires.
func checkCampaign(root gjson.Result) *hitch {
	v := root.Get("campaign")
	if absent(v) {
		return nil
	}
	needs := map[string]string{
		"PRICE_CAMPAIGN":     "end",
		"PERIOD_CAMPAIGN":    "period",
		"EVENT_CAMPAIGN":     "eventDate eventText",
		"FULL_FLEX_CAMPAIGN": "end interval",
	}
	fields, known := needs[text(v.Get("type"))]
	if !known {
		return faulty("campaign.type", "must be one of the four types")
	}
	for field := range strings.FieldsSeq(fields) {
		inner := v.Get(field)
		if absent(inner) {
			return faulty("campaign."+field, "must not be null")
		}
		if field == "period" || field == "interval" {
			if h := checkPeriod("campaign."+field, inner); h != nil {
				return h
			}
		}
	}
	if price, whole := integer(v.Get("price")); !whole || price < 0 {
		return faulty("campaign.price", "must be a whole number")
	}
	return nil
}

func intervalText(unit string, count int64) string {
	unit = strings.ToLower(unit)
	if count == 1 {
		return "every " + unit
	}
	return "every " + strconv.FormatInt(count, 10) + " " + unit + "s"
}
