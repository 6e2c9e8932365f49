package vipps

import (
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// Express: the user shares an address, the merchant says what shipping there
// costs, and the approval carries both.

type shippingDetails struct {
	Address  shippingAddress `json:"address"`
	Cost     json.Number     `json:"shippingCost"` // kroner, as the merchant wrote it
	Method   string          `json:"shippingMethod"`
	MethodID string          `json:"shippingMethodId"`
}

type shippingAddress struct {
	Line1   string `json:"addressLine1"`
	Line2   string `json:"addressLine2"`
	City    string `json:"city"`
	Country string `json:"country"`
	Post    string `json:"zipCode"`
}

type userDetails struct {
	First  string `json:"firstName"`
	Last   string `json:"lastName"`
	Email  string `json:"email"`
	Mobile string `json:"mobileNumber"`
	ID     string `json:"userId"`
}

func (s *Server) userDetails(o *order) *userDetails {
	return &userDetails{"Ada", "Lovelace", "user@example.com", s.keys.MobileNumber, o.user}
}

// askShipping asks the merchant for shipping methods, unless the order came with
// them, and approves with the first choice. A merchant that cannot be asked, as
// when nothing is sent at all, ships for nothing.
func (s *Server) askShipping(o *order) {
	if o.asking {
		return
	}
	o.user = s.guid()
	if o.merchant.shipping == "" || o.merchant.static != nil {
		s.ship(s.now().UTC(), o, gjson.ParseBytes(o.merchant.static))
		return
	}
	body := marshal(map[string]any{
		"addressId": 3960, "addressLine1": "Robert Levins gate 5", "addressLine2": "", "country": "Norway",
		"city": "OSLO", "postCode": "0154", "addressType": "H",
	})
	o.asking = s.dispatch(parcel{
		kind: "shipping details", method: http.MethodPost,
		url:    under(o.merchant.shipping, "/v2/payments/"+o.id+"/shippingDetails"),
		header: o.merchant.header(), body: body, timeout: shippingTime,
		done: func(now time.Time, status int, body []byte) {
			o.asking = false
			if methods := gjson.GetBytes(body, "shippingDetails"); status == http.StatusOK && methods.IsArray() && o.open() {
				s.ship(now, o, methods) // without an answer the user is stuck, and the payment times out
			}
		},
	})
	if !o.asking {
		s.ship(s.now().UTC(), o, gjson.Result{})
	}
}

// ship approves an Express payment with the default method, or else the first.
func (s *Server) ship(now time.Time, o *order, methods gjson.Result) {
	o.shipping = &shippingDetails{
		Address: shippingAddress{"Robert Levins gate 5", "", "OSLO", "Norway", "0154"},
		Cost:    "0", Method: "Simulated delivery", MethodID: "simulated",
	}
	chosen := gjson.Result{}
	for _, m := range methods.Array() {
		if !chosen.Exists() || strings.EqualFold(text(m.Get("isDefault")), "Y") {
			chosen = m
		}
	}
	if cost := chosen.Get("shippingCost"); chosen.Exists() {
		o.shipping.Method, o.shipping.MethodID = text(chosen.Get("shippingMethod")), text(chosen.Get("shippingMethodId"))
		if kroner := gjson.Parse(text(cost)); kroner.Type == gjson.Number && kroner.Num >= 0 && kroner.Num < 1e9 {
			o.shipping.Cost = json.Number(kroner.Raw)
			o.amount += int64(math.Round(kroner.Num * 100))
		}
	}
	_ = s.approveOrder(now, o) // a refusal has been called back already
}

// removeConsent plays the user who withdraws the consent of an Express payment.
func (s *Server) removeConsent(d decision) string {
	o, ok := d.(*order)
	if !ok || o.user == "" || o.merchant.consent == "" {
		return "Only an Express payment that was approved has a consent to remove."
	}
	s.dispatch(parcel{
		kind: "consent removal", method: http.MethodDelete,
		url:    under(o.merchant.consent, "/v2/consents/"+url.PathEscape(o.user)),
		header: o.merchant.header(), timeout: callbackTime,
	})
	return ""
}
