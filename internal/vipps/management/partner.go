package vipps

import "net/http"

// The Partner API, which the Management API replaced.

func (s *Server) partnerRoutes() []route {
	d := door{key: true, token: true}
	return []route{
		{"partner.merchant", http.MethodGet, "/partner-api/v0/merchants/{orgno}", d, limit{}, s.partnerMerchant},
		{"partner.unit", http.MethodGet, "/partner-api/v0/salesunits/{msn}", d, limit{}, s.partnerUnit},
		{"partner.order", http.MethodPost, "/partner-api/v1/products/orders", d, limit{}, s.partnerOrder},
	}
}

func (s *Server) partnerMerchant(c *call) reply {
	if c.params["orgno"] != simulatedOrg {
		return plainProblem(c, 404, "Not Found", "These keys do not see this organisation.")
	}
	return jsonReply(200, mimeJSON, map[string]any{"msn": []string{s.keys.MerchantSerialNumber}})
}

func (s *Server) partnerUnit(c *call) reply {
	if c.params["msn"] != s.keys.MerchantSerialNumber {
		return plainProblem(c, 404, "Not Found", "These keys do not see this sales unit.")
	}
	return jsonReply(200, mimeJSON, map[string]any{
		"msn": s.keys.MerchantSerialNumber, "name": s.units[0].Name, "orgno": simulatedOrg,
		"additionalDetails": map[string]any{"skipLandingPage": false, "isPureLogin": false, "captureType": "ReserveCapture", "recurring": true},
	})
}

func (s *Server) partnerOrder(c *call) reply {
	key := c.header.Get("Idempotency-Key")
	root, ok := object(c.body)
	switch {
	case key == "":
		return s.managementProblem(c, 400, "The Idempotency-Key header is required.")
	case !ok || !isDigits(text(root.Get("orgno")), 9, 9) || text(root.Get("productType")) == "":
		return s.managementProblem(c, 400, "The body needs an orgno of 9 digits and a productType.")
	}
	conflict := func() reply {
		return s.managementProblem(c, 422, "The Idempotency-Key was used with another body.")
	}
	return s.once(c, key, successes, conflict, func() reply {
		id := s.guid()
		return jsonReply(200, mimeJSON, map[string]string{
			"prefilledOrderId": id, "returnUrl": c.base + "/register/prefilled/" + id,
		})
	})
}
