"""Distortion of AI Alignment (P. Gölz, N. Haghtalab, K. Yang, arXiv:2505.23749): does preference optimization optimize for preferences?"""
