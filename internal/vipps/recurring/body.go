package recurring

import (
	"encoding/json"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
)

// An agreementBody is how v3 shows an agreement. Optional fields that Vipps leaves out are
// omitempty, those that it sends as null are pointers.

type agreementBody struct {
	ID          string          `json:"id"`
	UUID        string          `json:"uuid"`
	Status      string          `json:"status"`
	Name        string          `json:"productName"`
	Description string          `json:"productDescription,omitempty"`
	Interval    *intervalBody   `json:"interval,omitempty"` // none for some FLEXIBLE ones
	Pricing     pricingBody     `json:"pricing"`
	Campaign    json.RawMessage `json:"campaign,omitempty"`
	Country     string          `json:"countryCode"`
	Created     string          `json:"created"`
	Start       *string         `json:"start"`
	Stop        *string         `json:"stop"`
	ManageURL   string          `json:"merchantAgreementUrl"`
	RedirectURL string          `json:"merchantRedirectUrl"`
	External    string          `json:"externalId,omitempty"`
	Sub         string          `json:"sub,omitempty"`
	Userinfo    string          `json:"userinfoUrl,omitempty"`
	Link        string          `json:"vippsConfirmationUrl,omitempty"` // while PENDING
}

// An intervalBody is how often the user pays. Text says it in English, as "every 2 months".
type intervalBody struct {
	Unit  string `json:"unit"`
	Count int64  `json:"count"`
	Text  string `json:"text"`
}

// A pricingBody is what the user pays, in minor units. Amount is for LEGACY; Suggested and
// Max are for VARIABLE, where the simulator's user always accepts the suggestion as their
// maximum.
type pricingBody struct {
	Type      string `json:"type"`
	Currency  string `json:"currency"`
	Amount    int64  `json:"amount,omitempty"`
	Suggested int64  `json:"suggestedMaxAmount,omitempty"`
	Max       int64  `json:"maxAmount,omitempty"`
}

// agreementBody shows an agreement as version 3 does. The link is there only while the user can still act.
func (s *Service) agreementBody(c *core.Call, a *agreement) agreementBody {
	b := agreementBody{
		ID: a.id, UUID: a.uuid, Status: a.status, Name: a.name, Description: a.description,
		Pricing:  pricingBody{a.pricing, a.currency, a.price, a.suggested, a.suggested}, // type, currency, amount, suggestion, maximum
		Campaign: s.campaignBody(a), Country: "NO", Created: core.Timestamp(a.created), Start: atOrNull(a.start), Stop: atOrNull(a.stop),
		ManageURL: a.manageURL, RedirectURL: a.redirectURL, External: a.external, Sub: a.sub,
	}
	if a.unit != "" {
		b.Interval = &intervalBody{a.unit, a.count, intervalText(a.unit, a.count)}
	}
	if a.status == pending {
		b.Link = a.link
	}
	if a.sub != "" {
		// Userinfo is shown by another API of the simulator, on the same address as this one.
		b.Userinfo = c.Base + "/vipps-userinfo-api/userinfo/" + a.sub
	}
	return b
}

// campaignBody adds when a campaign of a number of periods ends, which the merchant did not
// say. Other campaigns are shown as they were sent. Without a campaign it returns nil, which
// is left out.
func (s *Service) campaignBody(a *agreement) json.RawMessage {
	v := gjson.ParseBytes(a.campaign)
	if !v.IsObject() {
		return nil
	}
	count, _ := input.Integer(v.Get("period.count"))
	if input.Text(v.Get("type")) != "PERIOD_CAMPAIGN" {
		return a.campaign
	}
	start := a.start
	// An agreement that waits for the user has not started; its creation is the best guess
	// then.
	if start.IsZero() {
		start = a.created
	}
	n := int(count)
	// An unknown unit gives a zero time; checkPeriod has refused it before.
	end := map[string]time.Time{
		"DAY": start.AddDate(0, 0, n), "WEEK": start.AddDate(0, 0, 7*n), "MONTH": start.AddDate(0, n, 0), "YEAR": start.AddDate(n, 0, 0),
	}[input.Text(v.Get("period.unit"))]
	return core.Marshal(map[string]any{
		"type": "PERIOD_CAMPAIGN", "price": json.RawMessage(v.Get("price").Raw), "end": core.Timestamp(end),
		"period": map[string]any{"unit": input.Text(v.Get("period.unit")), "count": count},
	})
}

// atOrNull is a time for JSON in RFC 3339, null when it has not come yet.
func atOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := core.Timestamp(t)
	return &s
}
