"""The verbs of vouchers, by what they are about; other subjects know them through `tenants.vouchers`."""
