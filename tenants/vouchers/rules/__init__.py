"""The verbs of vouchers, by what they are about; the front door is `tenants.vouchers`."""
