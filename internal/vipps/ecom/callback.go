package ecom

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
)

// eCommerce's callbacks: once the user has acted, the merchant is told at
// {callbackPrefix}/v2/payments/{orderId}. There is one attempt; a merchant that
// missed it asks for the details.

// callbackTime is how long the merchant may take. Shipping details get more.
const (
	callbackTime = 3 * time.Second
	shippingTime = 10 * time.Second
)

// merchantInfo is where an order's merchant is reached. Prefixes are URLs to which the paths
// of the API are added.
type merchantInfo struct {
	callback, fallBack, token, shipping, consent string
	static                                       json.RawMessage // shipping methods given beforehand
}

// readMerchant reads where the merchant wants to be called, and what it gives the user to
// choose from.
func readMerchant(m gjson.Result) merchantInfo {
	i := merchantInfo{
		callback: input.Text(m.Get("callbackPrefix")), fallBack: input.Text(m.Get("fallBack")), token: input.Text(m.Get("authToken")),
		shipping: input.Text(m.Get("shippingDetailsPrefix")), consent: input.Text(m.Get("consentRemovalPrefix")),
	}
	if v := m.Get("staticShippingDetails"); v.IsArray() {
		i.static = json.RawMessage(v.Raw)
	}
	return i
}

// header carries the merchant's own token, if it gave one, unchanged.
func (i merchantInfo) header() http.Header {
	h := http.Header{}
	if i.token != "" {
		h.Set("Authorization", i.token)
	}
	return h
}

// under puts a path behind a prefix, which may end in a slash.
func under(prefix, path string) string { return strings.TrimSuffix(prefix, "/") + path }

// callbackBody is what the merchant is told, with more for Express orders.
type callbackBody struct {
	MSN      int64            `json:"merchantSerialNumber"` // a number here, and only here
	Order    string           `json:"orderId"`
	Shipping *shippingDetails `json:"shippingDetails,omitempty"`
	Info     callbackInfo     `json:"transactionInfo"`
	User     *userDetails     `json:"userDetails,omitempty"`
	Error    *callbackError   `json:"errorInfo,omitempty"`
}

type callbackInfo struct {
	Amount int64  `json:"amount"`
	Status string `json:"status"`
	At     string `json:"timeStamp"`
	ID     string `json:"transactionId"`
}

// callbackError is why a reservation failed, in the groups and codes of the API's own errors.
type callbackError struct {
	Group   string `json:"errorGroup"`
	Code    string `json:"errorCode"`
	Text    string `json:"errorMessage"`
	Context string `json:"contextId"`
}

// callback tells the merchant how the user's part ended. f is why it failed, nil for success.
// Nobody waits for the merchant's response.
func (s *Service) callback(o *order, status string, f *problem) {
	last := o.history[len(o.history)-1]
	body := callbackBody{
		Order: o.id, Shipping: o.shipping,
		Info: callbackInfo{last.amount, status, core.Timestamp(last.at), last.id},
	}
	body.MSN, _ = strconv.ParseInt(s.core.Keys().MerchantSerialNumber, 10, 64)
	if o.shipping != nil {
		body.User = s.userDetails(o)
	}
	if f != nil {
		body.Error = &callbackError{f.group, f.code, f.text, s.core.GUID()}
	}
	s.core.Send(core.Delivery{
		Kind: "callback", Method: http.MethodPost, URL: under(o.merchant.callback, "/v2/payments/"+o.id),
		Header: o.merchant.header(), Body: core.Marshal(body), Timeout: callbackTime,
	})
}
