-- Taking an archive back asks who is there to be assigned.
GRANT SELECT ON auth.people TO ${role};
