"""What tests are about: members, points, vouchers, made with as few words as possible."""
