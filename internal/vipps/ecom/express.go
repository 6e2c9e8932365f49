package ecom

import (
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
)

// Express: the user shares an address, the merchant says what shipping there
// costs, and the approval carries both.

type shippingDetails struct {
	Address  shippingAddress `json:"address"`
	Cost     json.Number     `json:"shippingCost"` // kroner, as the merchant wrote it
	Method   string          `json:"shippingMethod"`
	MethodID string          `json:"shippingMethodId"`
}

// shippingAddress is the address that the user shares.
type shippingAddress struct {
	Line1   string `json:"addressLine1"`
	Line2   string `json:"addressLine2"`
	City    string `json:"city"`
	Country string `json:"country"`
	Post    string `json:"zipCode"`
}

// userDetails is what an Express payment tells of the user.
type userDetails struct {
	First  string `json:"firstName"`
	Last   string `json:"lastName"`
	Email  string `json:"email"`
	Mobile string `json:"mobileNumber"`
	ID     string `json:"userId"`
}

// userDetails is the simulator's one user, with an id of the order's own.
func (s *Service) userDetails(o *order) *userDetails {
	return &userDetails{"Ada", "Lovelace", "user@example.com", s.core.Keys().MobileNumber, o.user}
}

// askShipping asks the merchant for shipping methods, unless the order came with
// them, and approves with the first choice. A merchant that cannot be asked, as
// when nothing is sent at all, ships for nothing.
func (s *Service) askShipping(o *order) {
	if o.asking {
		return
	}
	o.user = s.core.GUID()
	if o.merchant.shipping == "" || o.merchant.static != nil {
		s.ship(s.core.Now().UTC(), o, gjson.ParseBytes(o.merchant.static))
		return
	}
	body := core.Marshal(map[string]any{
		"addressId": 3960, "addressLine1": "Robert Levins gate 5", "addressLine2": "", "country": "Norway",
		"city": "OSLO", "postCode": "0154", "addressType": "H",
	})
	o.asking = s.core.Send(core.Delivery{
		Kind: "shipping details", Method: http.MethodPost,
		URL:    under(o.merchant.shipping, "/v2/payments/"+o.id+"/shippingDetails"),
		Header: o.merchant.header(), Body: body, Timeout: shippingTime,
		Done: func(now time.Time, status int, body []byte) {
			o.asking = false
			if methods := gjson.GetBytes(body, "shippingDetails"); status == http.StatusOK && methods.IsArray() && o.open() {
				s.ship(now, o, methods) // without a response the user is stuck, and the payment times out
			}
		},
	})
	if !o.asking {
		s.ship(s.core.Now().UTC(), o, gjson.Result{})
	}
}

// ship approves an Express payment with the default method, or else the first. What shipping
// costs is added to the order's amount.
func (s *Service) ship(now time.Time, o *order, methods gjson.Result) {
	o.shipping = &shippingDetails{
		Address: shippingAddress{"Robert Levins gate 5", "", "OSLO", "Norway", "0154"},
		Cost:    "0", Method: "Simulated delivery", MethodID: "simulated",
	}
	chosen := gjson.Result{}
	for _, m := range methods.Array() {
		if !chosen.Exists() || strings.EqualFold(input.Text(m.Get("isDefault")), "Y") {
			chosen = m
		}
	}
	if cost := chosen.Get("shippingCost"); chosen.Exists() {
		o.shipping.Method, o.shipping.MethodID = input.Text(chosen.Get("shippingMethod")), input.Text(chosen.Get("shippingMethodId"))
		// Kroner in the body, øre in the order.
		if kroner := gjson.Parse(input.Text(cost)); kroner.Type == gjson.Number && kroner.Num >= 0 && kroner.Num < 1e9 {
			o.shipping.Cost = json.Number(kroner.Raw)
			o.amount += int64(math.Round(kroner.Num * 100))
		}
	}
	_ = s.approveOrder(now, o) // a refusal has been called back already
}

// RemoveConsent plays the user who withdraws the consent of an Express payment. It
// says why that is not possible.
func (d decision) RemoveConsent() string {
	if d.user == "" || d.merchant.consent == "" {
		return "Only an Express payment that was approved has a consent to remove."
	}
	d.api.core.Send(core.Delivery{
		Kind: "consent removal", Method: http.MethodDelete,
		URL:    under(d.merchant.consent, "/v2/consents/"+url.PathEscape(d.user)),
		Header: d.merchant.header(), Timeout: callbackTime,
	})
	return ""
}
