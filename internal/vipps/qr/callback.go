package qr

import (
	"net/http"
	"slices"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/landing"
	"posthaste/internal/vipps/response"
)

// Merchant callback QR codes: one for each till. Scanning one tells the merchant,
// by webhook, that a customer is there.

func (s *Service) callbackRoutes(d core.Access) []core.Route {
	const base = "/qr/v1/merchant-callback"
	return []core.Route{
		d.Route("qr.callback.list", http.MethodGet, base, core.Limit{}, core.RequireMSN(s.listCallback)),
		d.Route("qr.callback.get", http.MethodGet, base+"/{merchantQrId}", core.Limit{}, core.RequireMSN(s.getCallback)),
		d.Route("qr.callback.put", http.MethodPut, base+"/{merchantQrId}", core.Limit{}, core.RequireMSN(s.putCallback)),
		d.Route("qr.callback.put", http.MethodPut, base+"/mobilepay/{merchantQrId}", core.Limit{}, core.RequireMSN(s.putCallback)),
		d.Route("qr.callback.delete", http.MethodDelete, base+"/{merchantQrId}", core.Limit{}, core.RequireMSN(s.deleteCallback)),
	}
}

// A callbackCode is the code of one till.
type callbackCode struct{ id, place, key string }

type callbackBody struct {
	MSN     string `json:"merchantSerialNumber"`
	ID      string `json:"merchantQrId"`
	Place   string `json:"locationDescription"`
	Picture string `json:"qrImageUrl"`
	Content string `json:"qrContent"`
}

func (s *Service) callbackBody(c *core.Call, q *callbackCode) callbackBody {
	kind := ".svg"
	if c.Query.Get("QrImageFormat") == "PNG" {
		kind = ".png"
	}
	content := s.core.OtherURL(c.Base+"/qr/to/"+q.key, "https://qr.vipps.no/"+q.key)
	return callbackBody{s.core.Keys().MerchantSerialNumber, q.id, q.place, c.Base + picturePath + q.key + kind, content}
}

func (s *Service) find(c *core.Call) *callbackCode {
	for _, q := range s.callbacks {
		if q.id == c.Params["merchantQrId"] {
			return q
		}
	}
	return nil
}

func (s *Service) listCallback(c *core.Call) response.Response {
	list := []callbackBody{}
	for _, q := range s.callbacks {
		list = append(list, s.callbackBody(c, q))
	}
	return response.JSON(200, list)
}

func (s *Service) getCallback(c *core.Call) response.Response {
	q := s.find(c)
	if q == nil {
		return response.Empty(http.StatusNotFound)
	}
	return response.JSON(200, s.callbackBody(c, q))
}

// putCallback creates a code or changes the place of one; the picture stays the same, since it is printed on a wall.
func (s *Service) putCallback(c *core.Call) response.Response {
	root, ok := input.Object(c.Body)
	place := input.Text(root.Get("locationDescription"))
	if !ok || place == "" || len([]rune(place)) > 36 {
		return s.problem(c, 400, "locationDescription", "Needs 1 to 36 characters.")
	}
	q := s.find(c)
	if q == nil {
		q = &callbackCode{id: c.Params["merchantQrId"], key: s.core.ShortID()}
		s.callbacks = append(s.callbacks, q)
	}
	q.place = place
	return response.Empty(200)
}

func (s *Service) deleteCallback(c *core.Call) response.Response {
	q := s.find(c)
	if q == nil {
		return s.problem(c, 404, "merchantQrId", "No QR code has this id.")
	}
	s.callbacks = slices.DeleteFunc(s.callbacks, func(other *callbackCode) bool { return other == q })
	return response.Empty(200)
}

// checkIn plays the customer who scans the code of a till.
func (s *Service) checkIn(c *core.Call) response.Response {
	for _, q := range s.callbacks {
		if q.key == c.Params["id"] {
			s.webhooks.Emit(c.Now, "user.checked-in.v1", map[string]any{
				"msn": s.core.Keys().MerchantSerialNumber, "merchantQrId": q.id, "initiatedAt": core.Timestamp(c.Now),
				"customerToken": s.core.GUID(), "phoneNumber": s.core.Keys().InternationalMobileNumber,
			})
			return s.pages.Page(200, landing.View{Card: &core.Card{Kind: "Check-in", Ref: q.id, Text: q.place, State: "checked in"}, Done: true})
		}
	}
	return s.pages.Page(404, landing.View{})
}
