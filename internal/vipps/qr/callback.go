package vipps

import (
	"net/http"
	"slices"
)

// Merchant callback QR codes: one for each till. Scanning one tells the merchant,
// by webhook, that a customer is there.

func (s *Server) qrCallbackRoutes() []route {
	d := door{key: true, token: true}
	const base = "/qr/v1/merchant-callback"
	return []route{
		{"qr.callback.list", http.MethodGet, base, d, limit{}, s.withUnit(s.listSpots)},
		{"qr.callback.get", http.MethodGet, base + "/{merchantQrId}", d, limit{}, s.withUnit(s.getSpot)},
		{"qr.callback.put", http.MethodPut, base + "/{merchantQrId}", d, limit{}, s.withUnit(s.putSpot)},
		{"qr.callback.delete", http.MethodDelete, base + "/{merchantQrId}", d, limit{}, s.withUnit(s.deleteSpot)},
	}
}

// A callbackQR is the code of one till.
type callbackQR struct{ id, place, key string }

type spotBody struct {
	MSN     string `json:"merchantSerialNumber"`
	ID      string `json:"merchantQrId"`
	Place   string `json:"locationDescription"`
	Picture string `json:"qrImageUrl"`
	Content string `json:"qrContent"`
}

func (s *Server) spotBody(c *call, q *callbackQR) spotBody {
	kind := ".svg"
	if c.query.Get("QrImageFormat") == "PNG" {
		kind = ".png"
	}
	return spotBody{s.keys.MerchantSerialNumber, q.id, q.place, c.base + qrPictures + q.key + kind, c.base + "/qr/to/" + q.key}
}

func (s *Server) spot(c *call) *callbackQR {
	for _, q := range s.spots {
		if q.id == c.params["merchantQrId"] {
			return q
		}
	}
	return nil
}

func (s *Server) listSpots(c *call) reply {
	list := []spotBody{}
	for _, q := range s.spots {
		list = append(list, s.spotBody(c, q))
	}
	return jsonReply(200, mimeJSON, list)
}

func (s *Server) getSpot(c *call) reply {
	q := s.spot(c)
	if q == nil {
		return reply{status: http.StatusNotFound}
	}
	return jsonReply(200, mimeJSON, s.spotBody(c, q))
}

func (s *Server) putSpot(c *call) reply {
	root, ok := object(c.body)
	place := text(root.Get("locationDescription"))
	if !ok || place == "" || len([]rune(place)) > 36 {
		return s.qrProblem(c, 400, "locationDescription", "Needs 1 to 36 characters.")
	}
	q := s.spot(c)
	if q == nil {
		q = &callbackQR{id: c.params["merchantQrId"], key: s.shortID()}
		s.spots = append(s.spots, q)
	}
	q.place = place
	return reply{status: 200}
}

func (s *Server) deleteSpot(c *call) reply {
	q := s.spot(c)
	if q == nil {
		return s.qrProblem(c, 404, "merchantQrId", "No QR code has this id.")
	}
	s.spots = slices.DeleteFunc(s.spots, func(other *callbackQR) bool { return other == q })
	return reply{status: 200}
}

// qrCheckIn plays the customer who scans the code of a till.
func (s *Server) qrCheckIn(c *call) reply {
	for _, q := range s.spots {
		if q.key == c.params["id"] {
			s.emit(c.now, "user.checked-in.v1", map[string]any{
				"msn": s.keys.MerchantSerialNumber, "merchantQrId": q.id, "initiatedAt": at(c.now),
				"customerToken": s.guid(), "phoneNumber": s.keys.InternationalMobileNumber,
			})
			return s.page(200, view{Card: &card{Kind: "Check-in", Ref: q.id, Text: q.place, State: "checked in"}, Done: true})
		}
	}
	return s.page(404, view{})
}
