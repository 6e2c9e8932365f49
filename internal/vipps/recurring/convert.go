package recurring

import (
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

// How v2 says the same as v3. Requests are rewritten before the rules look at them, responses
// and problems afterwards.

// composed makes an object of some fields of root under new names, and of given ones. names
// maps a path in root to a name in the result; a name with a dot lies in an object. What is
// absent stays so, that the rules can tell it from an empty value. given is changed.
func composed(root gjson.Result, names map[string]string, given map[string]any) gjson.Result {
	for from, to := range names {
		v := root.Get(from)
		if input.Absent(v) {
			continue
		}
		outer, inner, nested := strings.Cut(to, ".")
		if !nested {
			given[to] = json.RawMessage(v.Raw)
			continue
		}
		// An object may be in given already, such as the pricing with its type.
		sub, ok := given[outer].(map[string]any)
		if !ok {
			sub = map[string]any{}
			given[outer] = sub
		}
		sub[inner] = json.RawMessage(v.Raw)
	}
	return gjson.ParseBytes(core.Marshal(given))
}

// draftOf2 rewrites a body of version 2 as one of version 3, so that there is one set of
// rules. olderField translates the names in problems back. Version 2 has no type of pricing
// and of campaign: both follow from which fields there are.
func draftOf2(root gjson.Result) gjson.Result {
	given := map[string]any{"pricing": map[string]any{"type": "LEGACY"}}
	names := map[string]string{
		"price": "pricing.amount", "currency": "pricing.currency", "interval": "interval.unit", "intervalCount": "interval.count",
		"customerPhoneNumber": "phoneNumber", "initialCharge": "initialCharge", "isApp": "isApp", "scope": "scope",
		"merchantAgreementUrl": "merchantAgreementUrl", "merchantRedirectUrl": "merchantRedirectUrl",
		"productName": "productName", "productDescription": "productDescription",
		"campaign.campaignPrice": "campaign.price", "campaign.end": "campaign.end",
	}
	if root.Get("variableAmount").IsObject() {
		given["pricing"] = map[string]any{"type": "VARIABLE"}
		names["variableAmount.suggestedMaxAmount"] = "pricing.suggestedMaxAmount"
	}
	// Version 2 knows one kind of campaign, a price until a day.
	if root.Get("campaign").IsObject() {
		given["campaign"] = map[string]any{"type": "PRICE_CAMPAIGN"}
	}
	return composed(root, names, given)
}

// updateOf2 does the same for an update, which has fewer fields.
func updateOf2(root gjson.Result) gjson.Result {
	return composed(root, map[string]string{
		"price": "pricing.amount", "suggestedMaxAmount": "pricing.suggestedMaxAmount", "productName": "productName",
		"productDescription": "productDescription", "merchantAgreementUrl": "merchantAgreementUrl",
	}, map[string]any{})
}

// An agreement2 is how v2 shows an agreement.
type agreement2 struct {
	Campaign    *campaign2 `json:"campaign,omitempty"`
	Currency    string     `json:"currency"`
	ID          string     `json:"id"`
	Interval    string     `json:"interval"`
	Count       int64      `json:"intervalCount"`
	Price       int64      `json:"price"`
	Name        string     `json:"productName"`
	Description string     `json:"productDescription"`
	Start       *string    `json:"start"`
	Stop        *string    `json:"stop"`
	Status      string     `json:"status"`
	ManageURL   string     `json:"merchantAgreementUrl,omitempty"`
	Sub         string     `json:"sub,omitempty"`
	Userinfo    string     `json:"userinfoUrl,omitempty"`
	Variable    *variable2 `json:"variableAmount,omitempty"`
}

// A campaign2 is a lower price, in minor units, until a day.
type campaign2 struct {
	Price int64  `json:"campaignPrice"`
	End   string `json:"end"`
}

// A variable2 is a suggestion and the user's maximum, in minor units; they are always the
// same here.
type variable2 struct {
	Suggested int64 `json:"suggestedMaxAmount"`
	Max       int64 `json:"maxAmount"`
}

// agreementBody2 shows an agreement as version 2 did, with the price at the top and the
// interval in two fields. c tells the address under which Userinfo is reached.
func agreementBody2(c *core.Call, a *agreement) agreement2 {
	b := agreement2{
		Currency: a.currency, ID: a.id, Interval: a.unit, Count: a.count, Price: a.price, Name: a.name, Description: a.description,
		Start: atOrNull(a.start), Stop: atOrNull(a.stop), Status: a.status, ManageURL: a.manageURL, Sub: a.sub,
	}
	if campaign := gjson.ParseBytes(a.campaign); campaign.IsObject() {
		b.Campaign = &campaign2{campaign.Get("price").Int(), input.Text(campaign.Get("end"))}
	}
	if a.pricing == "VARIABLE" {
		b.Variable = &variable2{a.suggested, a.suggested}
	}
	if a.sub != "" {
		b.Userinfo = c.Base + "/vipps-userinfo-api/userinfo/" + a.sub
	}
	return b
}

// An error2 is one entry of v2's array of errors; v1 has it without the context. Field and
// code are what merchants' code compares.
type error2 struct {
	Field   string `json:"field"`
	Message string `json:"message"`
	Code    string `json:"code"`
	Context string `json:"contextId,omitempty"`
}

// refuse answers with an array of one error, which v2's schema demands, and with the
// problem's status.
func (v v2) refuse(prob problem) response.Response {
	e := errorOf2(prob)
	e.Context = v.service.core.GUID()
	return response.JSON(prob.status, []error2{e})
}

// errorOf2 names v3's problems in v2's way. The first code is documented; the others are v3's
// names in its form, for instance recurring.core.validation_error.
func errorOf2(prob problem) error2 {
	if prob.id == "charge-creation-failed" {
		return error2{
			Field: "agreement.status", Message: "Cannot create a charge for an agreement which is not active.",
			Code: "recurring.core.charges.create.invalid_agreement",
		}
	}
	e := error2{Message: prob.detail, Code: "recurring.core." + strings.ReplaceAll(prob.id, "-", "_")}
	if len(prob.fields) > 0 {
		e.Field = olderField(prob.fields[0].Field)
		e.Message = e.Field + " " + prob.fields[0].Text
	}
	return e
}

// olderField is the name that v2 gives a field of v3. Names that are alike in both pass
// through.
func olderField(name string) string {
	switch name {
	case "pricing.amount":
		return "price"
	case "pricing.currency":
		return "currency"
	case "interval.unit":
		return "interval"
	case "interval.count":
		return "intervalCount"
	case "phoneNumber":
		return "customerPhoneNumber"
	}
	return name
}
